import type { Database } from '../../../libs/platform/database/pool.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { open } from '../../../libs/platform/keys/seal.js';
import { QuarantineDesk } from '../../../libs/platform/intake/postgres/quarantine-desk.js';

const page = 500;

/**
 * The receipts that mention the child of these records: all that stated something of them, and, of the messages that led
 * to no fact (quarantined, held, ignored), those whose text holds the child's source keys, or names and birth date.
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
  if (marks.length > 0) for await (const receipt of unplaced(database, keys, marks)) found.add(receipt);
  return [...found];
}

/** Texts that together say a message is about this child: any one set, all of it. */
type Mark = readonly string[];

async function marksOf(streams: readonly string[], database: Database, keys: KeyStore): Promise<Mark[]> {
  const { rows } = await database.query<{ stream: string; key_id: string; source_key: Buffer; person: Buffer | null }>(
    'select stream, key_id, source_key, person from records where stream = any($1)',
    [streams],
  );
  const found = await keys.find(rows.map((row) => row.key_id));
  return rows.flatMap((row): Mark[] => {
    const key = found.get(row.key_id);
    if (!key) return [];
    const sourceKey = open(key, row.source_key, row.stream).toString();
    const marks: Mark[] = sourceKey.length >= 5 ? [[sourceKey]] : [];
    if (row.person) {
      const person = JSON.parse(open(key, row.person, row.stream).toString()) as {
        givenNames?: string;
        familyName?: string;
      };
      const { givenNames, familyName } = person;
      if (givenNames !== undefined && familyName !== undefined) marks.push([givenNames, familyName]);
    }
    return marks;
  });
}

async function* unplaced(database: Database, keys: KeyStore, marks: readonly Mark[]): AsyncGenerator<string> {
  const desk = new QuarantineDesk(database, keys);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await database.query<{ id: string }>(
      `select m.receipt as id from messages m
        where m.receipt > $1 and not exists (select from statements s where s.receipt = m.receipt)
        order by m.receipt limit $2`,
      [after, page],
    );
    for (const { id } of rows) {
      const file = await desk.show(id);
      if (!file || file.message.erased) continue;
      const text =
        `${Buffer.from(file.message.body).toString()}\n${Object.values(file.message.attributes).join('\n')}`.toLowerCase();
      if (marks.some((mark) => mark.every((part) => text.includes(part.toLowerCase())))) yield id;
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
