import type { IdentifierKind, Person } from '../../../libs/kernel/fact.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { isDay } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { openEnvelope } from '../../../libs/platform/intake/postgres/envelope.js';
import { open } from '../../../libs/platform/keys/seal.js';
import { isAbout, type Marks } from './marks.js';
import { textsOf } from './message-texts.js';

const page = 500;

/**
 * The receipts that mention the child of these records: all that stated something of them, and, of the messages of which
 * something led to no fact (quarantined, held, ignored), those in which the child's source keys, numbers, or names with
 * a birth date stand.
 */
export async function receiptsThatMention(
  streams: readonly string[],
  database: Database,
  keys: KeyStore,
): Promise<string[]> {
  const { rows } = await database.query<{ receipt: string }>(
    'select distinct receipt from statements where stream = any($1)',
    [streams],
  );
  const found = new Set(rows.map((row) => row.receipt));
  const marks = await marksOf(streams, database, keys);
  for await (const receipt of unplaced(database, keys, marks)) found.add(receipt);
  return [...found];
}

async function marksOf(streams: readonly string[], database: Database, keys: KeyStore): Promise<Marks> {
  const records = await database.query<{ stream: string; key_id: string; source_key: Buffer; persons: Buffer[] }>(
    `select stream, key_id, source_key, array(select p.person from persons_said p where p.record = stream) as persons
       from records where stream = any($1)`,
    [streams],
  );
  // A number that another child's record claims too would take messages about that child along.
  const claims = await database.query<{ kind: string; value_hash: Buffer }>(
    `select distinct kind, value_hash from claims c where record = any($1) and not exists (
       select from claims o where o.kind = c.kind and o.value_hash = c.value_hash and not o.record = any($1))`,
    [streams],
  );
  const opened = await keys.find(records.rows.map((row) => row.key_id));
  const claimed = new Set(claims.rows.map(({ kind, value_hash }) => `${kind} ${value_hash.toString('hex')}`));
  const readable = records.rows.flatMap((row) => {
    const key = opened.get(row.key_id);
    return key ? [{ ...row, read: (sealed: Buffer) => open(key, sealed, row.stream).toString() }] : [];
  });
  const persons = readable.flatMap((row) => row.persons.map((person) => JSON.parse(row.read(person)) as Person));
  return {
    sourceKeys: readable.map((row) => row.read(row.source_key)),
    names: persons.flatMap(({ givenNames, familyName }) =>
      givenNames !== undefined && familyName !== undefined ? [{ givenNames, familyName }] : [],
    ),
    birthDates: [...new Set(persons.flatMap(({ birthDate }) => birthDate ?? []))].filter(isDay),
    claims: (kind: IdentifierKind, canonical: string) =>
      claimed.has(`${kind} ${keys.hash('identifier', kind, canonical).toString('hex')}`),
  };
}

async function* unplaced(database: Database, keys: KeyStore, marks: Marks): AsyncGenerator<string> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await database.query<{ id: string; key_id: string; sealed: Buffer }>(
      `select r.id, r.key_id, m.sealed from messages m join receipts r on r.id = m.receipt
        where m.receipt > $1 and (
          not exists (select from statements s where s.receipt = m.receipt)
          or r.outcomes @? '$[*] ? (@.outcome == "held" || @.outcome == "quarantined" || @.outcome == "ignored")')
        order by m.receipt limit $2`,
      [after, page],
    );
    const found = await keys.find(rows.map((row) => row.key_id));
    for (const { id, key_id, sealed } of rows) {
      const key = found.get(key_id);
      if (key && isAbout(textsOf(openEnvelope(key, id, sealed)), marks)) yield id;
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
