import { isDay } from '../../../libs/kernel/london.js';
import { isoDay } from '../pages/timeline-query.js';

/** A day as people type it (27/3/2026), as `YYYY-MM-DD`; undefined when there is no such day. */
export function dayTyped(text: string): string | undefined {
  const day = isoDay(text.trim());
  return isDay(day) ? day : undefined;
}
