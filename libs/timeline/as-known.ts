import { Temporal } from 'temporal-polyfill';
import type { TimelineRow } from './timeline.projection.js';

/**
 * A row as it stood at an instant (RFC 3339): what replaced or withdrew it later had not happened yet. Undefined when
 * the hub had not recorded it by then.
 */
export function asKnown(row: TimelineRow, instant: string): TimelineRow | undefined {
  if (later(row.recorded_at, instant)) return undefined;
  return {
    ...row,
    ...(row.superseded_at !== null && later(row.superseded_at, instant)
      ? { superseded_at: null, superseded_by: null }
      : {}),
    ...(row.withdrawn_at !== null && later(row.withdrawn_at, instant)
      ? { withdrawn_at: null, withdrawn_by: null }
      : {}),
  };
}

// Instants of different precision do not compare as text.
function later(one: string, other: string): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}
