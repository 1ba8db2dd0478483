import type { TimelineEntry } from '../../../libs/timeline/entry.js';
import type { InboxNotice } from './inbox.js';

/** A notice as the API answers it. */
export function notificationJson({ row, facts, content, slots, offered, withheld, open, known }: InboxNotice) {
  const [first] = row.causes.split(' ');
  return {
    id: row.id,
    thread: row.thread,
    state: row.state,
    // What it is called rests on its first cause: not said where that one is not theirs to see.
    ...([...content, ...slots].some(({ fact }) => fact === first) ? { kind: row.kind } : {}),
    urgency: row.urgency,
    raisedAt: row.raisedAt,
    ...(row.endedAt === null ? {} : { recalledAt: row.endedAt }),
    possible: row.possible,
    acknowledged: row.state === 'told' && !open,
    ...(known ? { child: row.child } : {}),
    facts: facts.map(factJson),
    ...(offered.length === 0 ? {} : { slots: offered.map(({ at, place }) => (place === '' ? { at } : { at, place })) }),
    ...(withheld.length === 0 ? {} : { withheld }),
  };
}

function factJson(entry: TimelineEntry) {
  const { id, type, agency, category, handling, occurredAt, precision, title, lines } = entry;
  return { id, type, agency, category, handling, occurredAt, precision, title, lines };
}
