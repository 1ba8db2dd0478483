import { instant } from '../../kernel/instant.js';
import { isDay, timeOfDayLondon } from '../../kernel/london.js';

/** `YYYY-MM-DD` when the text is a day that exists, else undefined. */
export function isoDate(text: string): string | undefined {
  return isDay(text) ? text : undefined;
}

/** A British `dd/mm/yyyy` as `YYYY-MM-DD` when it is a day that exists, else undefined. */
export function britishDate(text: string): string | undefined {
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (found === null) return undefined;
  const [, day = '', month = '', year = ''] = found;
  return isoDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

/** A time without a zone (`YYYY-MM-DDThh:mm:ss`), by the clock in England, or one with a zone: RFC 3339 UTC; else undefined. */
export function localTime(text: string): string | undefined {
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?$/.exec(text) ?? [];
  if (day === '') return instant(text);
  return isoDate(day) !== undefined && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time)
    ? timeOfDayLondon(day, time)
    : undefined;
}
