const RFC3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** True for an RFC 3339 time that exists. */
export function isInstant(text: string): boolean {
  if (!RFC3339.test(text)) return false;
  const part = (from: number): number => Number(text.slice(from, from + 2));
  const day = part(8);
  if (day < 1 || day > lastDay(Number(text.slice(0, 4)), part(5))) return false;
  if (part(11) > 23 || part(14) > 59 || part(17) > 60) return false;
  const offset = /[+-](\d\d):(\d\d)$/.exec(text);
  return offset === null || (Number(offset[1]) <= 23 && Number(offset[2]) <= 59);
}

/** 0 for a month that does not exist. */
function lastDay(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return leap ? 29 : 28;
}
