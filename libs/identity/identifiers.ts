import type { IdentifierKind } from '../kernel/fact.js';

export type Checked =
  | { readonly valid: true; readonly canonical: string }
  /** `why` is a sentence for a work-list: it never quotes the value. */
  | { readonly valid: false; readonly why: string };

/**
 * Reads an identifier as people and systems write it and gives its one canonical spelling (rulebook H).
 * A placeholder is not valid: some (0000000000, 1111111111, 9999999999 as NHS numbers) pass their own checksum.
 */
export function check(kind: IdentifierKind, value: string): Checked {
  const text = value.normalize('NFKC').trim().toUpperCase();
  if (text === '') return invalid('it is empty');
  if (isPlaceholder(text)) return invalid('it is a placeholder: the same digit throughout');
  return checks[kind](text);
}

const checks: Readonly<Record<IdentifierKind, (text: string) => Checked>> = {
  nhs: nhsNumber,
  pnc: pncId,
  asn: arrestSummonsNumber,
  upn: uniquePupilNumber,
  uln: uniqueLearnerNumber,
  noms: (text) => shaped(text, /^[A-Z]\d{4}[A-Z]{2}$/, 'a prisoner number is A0000AA'),
  crn: (text) => shaped(text, /^[A-Z]\d{6}$/, 'a case reference number is A000000'),
  // Formats changed over the decades and the rulebook knows no check: kept as written, never linked on.
  cro: (text) => shaped(text, /^[A-Z0-9/ -]{1,32}$/, 'a CRO number is letters, digits and slashes'),
};

// Ten digits, weights 10..2; 11 less the remainder, 11 counts as 0, and 10 is never issued.
function nhsNumber(text: string): Checked {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits)) return invalid('an NHS number has ten digits');
  const expected = (11 - (weighted(digits.slice(0, 9)) % 11)) % 11;
  if (expected !== Number(digits[9])) return invalid('the check digit of the NHS number does not fit');
  return valid(digits);
}

const pncLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

// Written long (1979/0163001B) or short (79/163001B), with or without the slash; without it a serial cannot be short.
function pncId(text: string): Checked {
  const match =
    /^(\d{4}|\d{2})\/(\d{1,7})([A-Z])$/.exec(text.replace(/\s/g, '')) ?? /^(\d{4}|\d{2})(\d{7})([A-Z])$/.exec(text);
  const [, year, short, letter] = match ?? [];
  if (year === undefined || short === undefined) return invalid('a PNC id is YYYY/NNNNNNNX');
  const serial = short.padStart(7, '0');
  if (/^(\d)\1{6}$/.test(serial)) return invalid('it is a placeholder: the same digit throughout');
  if (pncLetters[Number(year.slice(-2) + serial) % 23] !== letter) {
    return invalid('the check letter of the PNC id does not fit');
  }
  return valid(`${year.length === 4 ? year : century(year) + year}/${serial}${letter}`);
}

// The check letter knows two digits of the year only. Short forms of this century's children are far from 50.
function century(year: string): string {
  return Number(year) < 50 ? '20' : '19';
}

// Year, force, unit, system and sequence, with or without slashes; without them a sequence cannot be short. The check letter is the
// PNC's, of force, system and year with the sequence: of those, letters do not count.
function arrestSummonsNumber(text: string): Checked {
  const plain = text.replace(/\s/g, '');
  const match =
    /^(\d\d)\/([0-9A-Z]{2})([0-9A-Z]{2})\/([0-9A-Z]{2})\/(\d{1,11})([A-Z])$/.exec(plain) ??
    /^(\d\d)([0-9A-Z]{2})([0-9A-Z]{2})([0-9A-Z]{2})(\d{11})([A-Z])$/.exec(plain);
  const [, year, force, unit, system, short, letter] = match ?? [];
  if (year === undefined || force === undefined || system === undefined || short === undefined)
    return invalid('an arrest summons number is YYFFUUSSNNNNNNNNNNNX');
  const sequence = short.padStart(11, '0');
  if (/^(\d)\1{10}$/.test(sequence)) return invalid('it is a placeholder: the same digit throughout');
  const counted = [force, system].filter((part) => /^\d\d$/.test(part)).join('');
  if (pncLetters[Number(BigInt(counted + year + sequence) % 23n)] !== letter)
    return invalid('the check letter of the arrest summons number does not fit');
  return valid(`${year}${force}${unit}${system}${sequence}${letter}`);
}

const upnLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ';

// Check letter first, weights 2..13; the last place is a letter in a temporary number, and counts as its place above.
function uniquePupilNumber(text: string): Checked {
  if (!/^[A-Z]\d{11}[0-9A-Z]$/.test(text)) return invalid('a UPN is a letter and twelve characters');
  const places = [...text.slice(1)].map((sign) => (/\d/.test(sign) ? Number(sign) : upnLetters.indexOf(sign)));
  if (places.includes(-1)) return invalid('a UPN has no letter I, O or S');
  const sum = places.reduce((total, place, index) => total + place * (index + 2), 0);
  if (upnLetters[sum % 23] !== text[0]) return invalid('the check letter of the UPN does not fit');
  return valid(text);
}

// Ten digits, weights 10..2; 10 less the remainder, and a remainder of 0 is never issued.
function uniqueLearnerNumber(text: string): Checked {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits)) return invalid('a ULN has ten digits');
  const remainder = weighted(digits.slice(0, 9)) % 11;
  if (remainder === 0 || 10 - remainder !== Number(digits[9])) {
    return invalid('the check digit of the ULN does not fit');
  }
  return valid(digits);
}

function shaped(text: string, shape: RegExp, rule: string): Checked {
  return shape.test(text) ? valid(text) : invalid(rule);
}

function isPlaceholder(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  return digits.length > 3 && /^(\d)\1*$/.test(digits);
}

function weighted(digits: string): number {
  return [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
}

function valid(canonical: string): Checked {
  return { valid: true, canonical };
}

function invalid(why: string): Checked {
  return { valid: false, why };
}
