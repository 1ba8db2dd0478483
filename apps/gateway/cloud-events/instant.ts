const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:[Zz]|[+-](\d\d):(\d\d))$/;

/** True for an RFC 3339 time that exists. */
export function isInstant(text: string): boolean {
  const parts = RFC3339.exec(text)?.slice(1).map(Number);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] = parts;
  const lastDay = month >= 1 && month <= 12 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 0;
  const clock = hour <= 23 && minute <= 59 && second <= 60;
  // An offset that is not there comes as NaN, and NaN is not more than anything.
  return day >= 1 && day <= lastDay && clock && !(offsetHour > 23) && !(offsetMinute > 59);
}
