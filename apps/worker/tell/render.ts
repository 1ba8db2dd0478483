import { decide } from '../../../libs/disclosure/decide.js';
import { mayKnow } from '../../../libs/disclosure/reach.js';
import { disclose } from '../../../libs/disclosure/redact.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';
import { contentFor, standAll } from '../../../libs/notifications/content.js';
import { raisedMessage, recalledMessage, testMessage, type Message } from '../../../libs/notifications/message.js';
import { open } from '../../../libs/platform/keys/seal.js';
import { causeRows } from '../../../libs/platform/notifications/cause-rows.js';
import type { Delivery } from '../../../libs/platform/notifications/delivery-store.js';
import type { Endpoint } from '../../../libs/platform/notifications/endpoint-store.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { openRows } from '../../../libs/platform/reading/open-rows.js';
import { entryOf } from '../../../libs/timeline/entry.js';

/** A message, and whom and what it tells of: for the audit. */
export interface Telling {
  readonly message: Message;
  readonly child?: string;
  /** Event ids of what it says. */
  readonly shown: readonly string[];
}

/**
 * Why nothing is said. `ended`: it was taken back, or is over. `hidden`: all that brought it about stands with the child, and this
 * system may know of none of it. `amiss`: some of that does not, and it may be for the engine to say what becomes of it.
 */
export type Silence = 'ended' | 'hidden' | 'amiss';

interface NoticeRow {
  readonly id: string;
  readonly child: string;
  readonly kind: string;
  readonly thread: string;
  readonly urgency: string;
  readonly possible: boolean;
  readonly causes: string;
  readonly state: string;
  readonly raisedAt: string;
  readonly endedAt: string | null;
}

/** What is sent now, under today's links and disclosure; or why there is nothing to say to this system. */
export async function render(
  parts: Parts,
  endpoint: Endpoint,
  { notice, event, thread }: Delivery,
): Promise<Telling | Silence> {
  if (event === 'test') return { message: testMessage(notice, new Date(parts.clock.now()).toISOString()), shown: [] };
  const row = await find(parts, notice);
  if (event === 'recalled') {
    const at = row?.endedAt ?? new Date(parts.clock.now()).toISOString();
    return { message: recalledMessage(notice, thread, at), shown: [], ...(row ? { child: row.child } : {}) };
  }
  return row?.state === 'told' ? raised(parts, endpoint, row) : 'ended';
}

export const viewerOf = ({ system, agency }: Pick<Endpoint, 'system' | 'agency'>): Viewer => ({
  ...{ who: system, agency },
  roles: ['system'],
});

async function raised(parts: Parts, endpoint: Endpoint, row: NoticeRow): Promise<Telling | Silence> {
  const { purpose } = endpoint;
  const viewer = viewerOf(endpoint);
  const causes = row.causes.split(' ');
  const versions = (await causeRows(parts.database, [{ id: row.id, child: row.child, causes }])).get(row.id) ?? [];
  const { shown, flagged } = contentFor(causes, versions, (version) => decide(viewer, purpose, version));
  const { withheld } = disclose(viewer, purpose, flagged);
  if (shown.length === 0 && withheld.length === 0) return standAll(causes, versions) ? 'hidden' : 'amiss';
  const facts = (await openRows(parts.keys, shown)).map(({ row: fact, opened }) => {
    const { id, type, agency, category, handling, occurredAt, precision, title, lines } = entryOf(fact, opened);
    return { id, type, agency, category, handling, occurredAt, precision, title, lines };
  });
  const records = row.possible ? [] : await ownRecords(parts, endpoint, viewer, row.child);
  const message = raisedMessage({
    ...{ id: row.id, thread: row.thread, urgency: row.urgency, raisedAt: row.raisedAt, possible: row.possible, facts },
    ...(shown.some(({ fact }) => fact === causes[0]) ? { kind: row.kind } : {}),
    ...(records.length === 0 ? {} : { records }),
    ...(withheld.length === 0 ? {} : { withheld }),
  });
  return { message, child: row.child, shown: shown.map(({ key }) => key) };
}

async function find({ database }: Parts, notice: string): Promise<NoticeRow | undefined> {
  const { rows } = await database.query<NoticeRow>({
    name: 'notice to send',
    text: `select key as id, record as child, kind, thread, urgency, possible, causes, state, raised_at as "raisedAt",
             ended_at as "endedAt" from notices where key = $1`,
    values: [notice],
  });
  return rows[0];
}

/** How the partner's own system calls the child, where it may be told of the child at all. */
async function ownRecords(
  { database, keys }: Parts,
  { system, purpose }: Endpoint,
  viewer: Viewer,
  child: string,
): Promise<string[]> {
  const { rows } = await database.query<{
    stream: string;
    agency: string;
    system: string;
    key_id: string;
    source_key: Buffer;
  }>({
    name: 'records to send',
    text: `select r.stream, r.agency, r.system, r.key_id, r.source_key from links l join records r on r.stream = l.record
           where l.child = $1 and l.known_to = 'infinity' order by r.created_at, r.stream`,
    values: [child],
  });
  const agenciesWithRecords = rows.map(({ agency }) => agency);
  if (!mayKnow(viewer, purpose, { allocatedTo: [], agenciesWithRecords })) return [];
  const own = rows.filter((row) => row.system === system);
  const found = await keys.find(own.map(({ key_id }) => key_id));
  return own.flatMap(({ stream, key_id, source_key }) => {
    const key = found.get(key_id);
    return key ? [open(key, source_key, stream).toString()] : [];
  });
}
