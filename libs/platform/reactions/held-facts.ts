import { decode } from '../../contracts/catalogue.js';
import { isAgency } from '../../kernel/agency.js';
import type { HeldFact } from '../../kernel/capability.js';
import type { KeyStore } from '../../kernel/keys.js';
import type { Database } from '../database/pool.js';
import { open } from '../keys/seal.js';

interface Row {
  readonly child: string;
  readonly key: string;
  readonly fact: string;
  readonly type: string;
  readonly record: string;
  readonly agency: string;
  readonly system: string;
  readonly category: string;
  readonly handling: string;
  readonly occurred_at: string;
  readonly precision: 'instant' | 'date';
  readonly stated_at: string;
  readonly received_at: string;
  readonly recorded_at: string;
  readonly supersedes: string | null;
  readonly history: boolean;
  readonly key_id: string;
  readonly sealed: Buffer;
}

/**
 * The facts of these types that stand, by child, in source time; read from the timeline's rows. A fact whose key was destroyed,
 * or that this version cannot read, is left out: nothing follows from what nobody knows.
 */
export async function heldFacts(
  { database, keys }: { readonly database: Database; readonly keys: KeyStore },
  children: readonly string[],
  types: readonly string[],
): Promise<Map<string, HeldFact[]>> {
  const { rows } = await database.query<Row>({
    name: 'held facts',
    text: `
      select l.child, t.key, t.fact, t.type, t.record, t.agency, t.system, t.category, t.handling, t.occurred_at, t.precision,
             t.stated_at, t.received_at, t.recorded_at, t.supersedes, t.history, t.key_id, t.sealed
      from links l join timeline t on t.record = l.record
      where l.child = any($1::uuid[]) and l.known_to = 'infinity'
        and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
        and t.type = any($2) and t.superseded_at is null and t.withdrawn_at is null
      order by t.occurred_at, t.stated_at, t.position`,
    values: [children, types],
  });
  const found = await keys.find([...new Set(rows.map(({ key_id }) => key_id))]);
  const facts = rows.flatMap((row) => {
    const key = found.get(row.key_id);
    const content = key && decode(row.type, open(key, row.sealed, row.key));
    if (!content || !isAgency(row.agency)) return [];
    const fact: HeldFact = {
      event: row.key,
      fact: row.fact,
      type: row.type,
      record: row.record,
      agency: row.agency,
      system: row.system,
      category: row.category,
      handling: row.handling,
      occurredAt: row.occurred_at,
      precision: row.precision,
      statedAt: row.stated_at,
      receivedAt: row.received_at,
      recordedAt: row.recorded_at,
      corrected: row.supersedes !== null,
      history: row.history,
      content,
    };
    return [{ child: row.child, fact }];
  });
  const byChild = Map.groupBy(facts, ({ child }) => child);
  return new Map([...byChild].map(([child, some]) => [child, some.map(({ fact }) => fact)]));
}
