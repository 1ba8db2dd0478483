/** A synthetic person. No one real: numbers come from ranges that are never issued, and pass their own checks. */
export interface Simulated {
  readonly givenNames: string;
  readonly familyName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly nhsNumber?: string;
  readonly pncId?: string;
  readonly crn?: string;
}

/** The NHS's own test range, 999 000 xxxx. Serials whose check digit would be 10 were never issued: `RangeError`. */
export function testNhsNumber(serial: number): string {
  const digits = `999000${String(serial).padStart(3, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  if (check === 10) throw new RangeError(`no NHS number has the digits ${digits}`);
  return `${digits}${check}`;
}

const pncLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** A PNC id with its check letter, e.g. 2024/0000101X. */
export function testPncId(year: number, serial: number): string {
  const digits = String(serial).padStart(7, '0');
  const letter = pncLetters[Number(`${String(year).slice(-2)}${digits}`) % 23];
  return `${year}/${digits}${letter}`;
}

/** An arrest summons number with its check letter, of a force that does not exist, e.g. 2699TC0100000000001X. */
export function testArrestSummonsNumber(year: number, serial: number): string {
  const [digits, sequence] = [String(year).slice(-2), String(serial).padStart(11, '0')];
  const letter = pncLetters[Number(BigInt(`9901${digits}${sequence}`) % 23n)];
  return `${digits}99TC01${sequence}${letter}`;
}

/** An id in the shape the courts use. */
export function testUuid(serial: number): string {
  return `00000000-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`;
}
