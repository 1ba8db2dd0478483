import { outputsOf } from '../../duties/outputs.js';
import { REACTION } from '../../kernel/event-log.js';
import { open } from '../../platform/keys/seal.js';
import type { Parts } from '../../platform/platform.module.js';
import { recordNames } from '../hub/shown.js';

type Hub = Pick<Parts, 'log' | 'keys' | 'database'>;

/** What stands of one child: its records by their sources' own names, and its duties and notices in words that two hubs share. */
export interface Standing {
  readonly records: readonly string[];
  readonly duties: readonly string[];
  readonly notices: readonly string[];
}

/** Of every child of which something stands, in the read models. Ids are left out; facts are named by what is current of them. */
export async function standing(hub: Hub): Promise<Standing[]> {
  const children = await childNames(hub);
  const named = await inWords(hub, children);
  const { rows: duties } = await hub.database.query<{ record: string; said: string }>(
    `select record, concat_ws(' | ', kind, owner_agency, owner_role, owner_purpose, owner_place, rule, verified, since, due, state,
              met_at, met_by, details, causes) as said
     from duties where state <> 'withdrawn' order by kind`,
  );
  const { rows: notices } = await hub.database.query<{ record: string; said: string }>(
    `select record, concat_ws(' | ', kind, to_agency, to_role, to_purpose, to_place, to_holder_of, urgency, rule, possible, reminder,
              causes) as said
     from notices where state = 'told' order by kind`,
  );
  const of = (rows: readonly { record: string; said: string }[], child: string): string[] =>
    rows
      .filter(({ record }) => record === child)
      .map(({ said }) => named(said))
      .sort();
  return [...new Set([...duties, ...notices].map(({ record }) => record))]
    .map((child) => ({
      records: (children.get(child) ?? 'nobody').split(', '),
      duties: of(duties, child),
      notices: of(notices, child),
    }))
    .sort((one, other) => (one.records.join() < other.records.join() ? -1 : 1));
}

/**
 * Whoever was told a second time of the same while the first telling stood, in words; empty when nobody was. Read from the log,
 * step by step of each child's stream, and at the end over all children.
 */
export async function toldTwice(hub: Hub): Promise<string[]> {
  const events = (await hub.log.readAll(null, 100_000)).filter(({ meta }) => meta.category === REACTION);
  const keys = await hub.keys.find(events.map(({ meta }) => meta.key));
  const streams = Map.groupBy(events, ({ stream }) => stream);
  const twice: string[] = [];
  const atTheEnd: Told[] = [];
  for (const ofChild of streams.values()) {
    const opened = ofChild.map(({ id, type, data, meta }) => ({ type, data: open(keys.get(meta.key)!, data, id) }));
    let before = new Set<string>();
    for (const count of opened.keys()) {
      const told = [...outputsOf(opened.slice(0, count + 1)).notices.values()].filter(({ state }) => state === 'told');
      // What goes on under its id for more causes was told once: another that says the same ends in the same breath.
      const fresh = told.filter(({ id }) => !before.has(id));
      twice.push(...fresh.flatMap((one) => overlapping([one, ...told.filter(({ id }) => before.has(id))], 1)));
      before = new Set(told.map(({ id }) => id));
      if (count === opened.length - 1) atTheEnd.push(...told);
    }
  }
  return [...twice, ...overlapping(atTheEnd)];
}

type Told = Pick<
  ReturnType<typeof outputsOf>['notices'] extends ReadonlyMap<string, infer One> ? One : never,
  'kind' | 'capability' | 'to' | 'possible' | 'causes'
>;

function overlapping(told: readonly Told[], first = told.length): string[] {
  return told.slice(0, first).flatMap((one, place) =>
    told
      .slice(place + 1)
      .filter((other) => sameTelling(one, other) && one.causes.some((cause) => other.causes.includes(cause)))
      .map((other) => `${one.kind} ${JSON.stringify(one.to)} ${one.causes.join()} / ${other.causes.join()}`),
  );
}

function sameTelling(one: Told, other: Told): boolean {
  return (
    one.kind === other.kind &&
    one.capability === other.capability &&
    one.possible === other.possible &&
    JSON.stringify(one.to) === JSON.stringify(other.to)
  );
}

async function childNames(hub: Hub): Promise<Map<string, string>> {
  const names = await recordNames(hub);
  const { rows } = await hub.database.query<{ record: string; child: string }>(
    `select record, child from links where known_to = 'infinity'`,
  );
  return new Map(
    [...Map.groupBy(rows, ({ child }) => child)].map(([child, links]) => [
      child,
      links
        .map(({ record }) => names.get(record) ?? '?')
        .sort()
        .join(', '),
    ]),
  );
}

// Ids and hashes are a hub's own: each is replaced by what it stands for, lists of facts in one order.
async function inWords(hub: Hub, children: ReadonlyMap<string, string>): Promise<(said: string) => string> {
  const names = await recordNames(hub);
  const { rows } = await hub.database.query<{ key: string; fact: string; words: string; record: string }>(
    `select key, fact, record, concat_ws(' ', type, to_char(occurred_at at time zone 'UTC', 'DD"T"HH24:MI:SS')) as words
     from timeline where superseded_at is null and withdrawn_at is null`,
  );
  const words = new Map([...children].map(([child, records]) => [child, `<${records}>`]));
  for (const { key, fact, record, words: one } of rows) {
    words.set(key, `<${names.get(record)} ${one}>`);
    words.set(fact, `<${names.get(record)} ${one}>`);
  }
  return (said) =>
    said
      .split(' | ')
      .map((part) => part.replaceAll(/[0-9a-zA-Z_-]{20,}/g, (id) => words.get(id) ?? id))
      .map((part) =>
        part.includes('<')
          ? part
              .match(/<[^>]*>/g)!
              .sort()
              .join()
          : part,
      )
      .join(' | ');
}
