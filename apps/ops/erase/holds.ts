import { catalogue, decode } from '../../../libs/contracts/catalogue.js';
import { newestType, upcast } from '../../../libs/contracts/evolution.js';
import { keptBy, keptUntil, type KeptClass } from '../../../libs/contracts/kept-until.js';
import { retentions, type RetentionClass } from '../../../libs/contracts/retention.js';
import { FACT_WITHDRAWN, type RecordedEvent } from '../../../libs/kernel/event-log.js';
import type { KnownPerson } from '../../../libs/identity/person.js';
import { dayInLondon, dayInWords } from '../../../libs/kernel/london.js';
import { open } from '../../../libs/platform/keys/seal.js';
import type { Parts } from '../../../libs/platform/platform.module.js';

type Needs = Pick<Parts, 'clock' | 'database' | 'keys' | 'log'>;

/** CJS result code of a remand to youth detention accommodation: it makes a child a looked-after one. */
const remandToYouthDetention = '4058';

/** What keeps the child of these records today, in words; empty when nothing does (rulebook G8). */
export async function holdsOn(streams: readonly string[], parts: Needs): Promise<string[]> {
  const today = dayInLondon(new Date(parts.clock.now()).toISOString());
  return keptBy(await keptOf(streams, parts), today).map(inWords);
}

/** How long what stands in these records is kept, by the retention class of each fact, longest first. */
export async function keptOf(streams: readonly string[], parts: Needs): Promise<KeptClass[]> {
  const facts: { retention: RetentionClass; on: string }[] = [];
  for (const stream of streams) {
    for (const event of standing(await parts.log.readStream(stream))) {
      const retention = await retentionOf(event, parts);
      if (retention) facts.push({ retention, on: dayInLondon(event.meta.occurredAt) });
    }
  }
  return keptUntil(facts, await latestBirth(streams, parts));
}

/** A class and how long it keeps, as an operator reads it. */
export function inWords({ retention, until, open: why }: KeptClass): string {
  const { name, kept } = retentions[retention];
  if (until !== undefined) return `${name}: kept to ${dayInWords(until)} (${kept})`;
  const reasons = {
    'a-person-decides': 'no number in any text, so whoever erases says why it is time',
    'birth-date-unknown': 'nobody has said when the child was born',
    'with-the-rest': 'keeps nothing else',
  };
  return `${name}: ${reasons[why ?? 'a-person-decides']} (${kept})`;
}

/** The current version of each fact: what was superseded or taken back keeps nothing. */
function standing(events: readonly RecordedEvent[]): RecordedEvent[] {
  const newest = new Map<string, RecordedEvent>();
  for (const event of events) if (event.meta.historic !== true) newest.set(event.meta.fact, event);
  return [...newest.values()].filter(({ type }) => type !== FACT_WITHDRAWN);
}

async function retentionOf(event: RecordedEvent, { keys }: Needs): Promise<RetentionClass | undefined> {
  const type = newestType(event.type);
  if (type === 'hub.court.v1.ResultRecorded') {
    const key = (await keys.find([event.meta.key])).get(event.meta.key);
    const read = key && upcast({ type: event.type, data: open(key, event.data, event.id) });
    const result = read && decode(read.type, read.data);
    if (result?.['resultCode'] === remandToYouthDetention) return 'looked-after';
  }
  return catalogue.get(type)?.retention;
}

// Where sources differ, the later day keeps longer: nothing is erased too soon by a slip.
async function latestBirth(streams: readonly string[], { database, keys }: Needs): Promise<string | undefined> {
  const { rows } = await database.query<{ stream: string; key_id: string; person: Buffer }>(
    'select stream, key_id, person from records where stream = any($1) and person is not null',
    [streams],
  );
  const found = await keys.find(rows.map((row) => row.key_id));
  const births = rows.flatMap(({ stream, key_id: id, person }) => {
    const key = found.get(id);
    return key ? ((JSON.parse(open(key, person, stream).toString()) as KnownPerson).birthDate ?? []) : [];
  });
  return births.sort().at(-1);
}
