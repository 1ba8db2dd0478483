import { dayAfter, startOfDayLondon } from '../kernel/london.js';
import type { Forum } from './forum.js';

export interface Sitting {
  readonly id: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** When it was closed, RFC 3339; absent while it is to come. */
  readonly heldAt?: string;
}

/** What a meeting looks at: recorded after the last one, up to when it was held; `until` is absent while it is to come. RFC 3339. */
export interface Period {
  readonly since: string;
  readonly until?: string;
}

/** From the last meeting of the forum that was held before this one; of the first, so many days back from its day, or from today before it. */
export function periodOf(forum: Forum, meeting: Sitting, others: readonly Sitting[], today: string): Period {
  const before = others
    .filter((one) => one.id !== meeting.id && one.on < meeting.on && one.heldAt !== undefined)
    .flatMap(({ heldAt }) => heldAt ?? [])
    .toSorted((one, other) => Date.parse(one) - Date.parse(other))
    .at(-1);
  return {
    since: before ?? startOfDayLondon(dayAfter(meeting.on < today ? meeting.on : today, -forum.firstLooksBack)),
    ...(meeting.heldAt === undefined ? {} : { until: meeting.heldAt }),
  };
}
