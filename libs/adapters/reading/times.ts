import { isDay } from '../../kernel/london.js';

/** `YYYY-MM-DD` when the text is a day that exists, else undefined. */
export function isoDate(text: string): string | undefined {
  return isDay(text) ? text : undefined;
}

/** A British `dd/mm/yyyy` as `YYYY-MM-DD` when it is a day that exists, else undefined. */
export function britishDate(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return isoDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
