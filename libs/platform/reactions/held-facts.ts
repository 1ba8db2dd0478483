import { decode } from '../../contracts/catalogue.js';
import { newestType, upcast, versionsOf } from '../../contracts/evolution.js';
import { isAgency } from '../../kernel/agency.js';
import type { HeldFact } from '../../kernel/capability.js';
import type { DataKey, KeyStore } from '../../kernel/keys.js';
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
  readonly corrected: boolean;
  readonly history: boolean;
  readonly key_id: string;
  readonly sealed: Buffer;
}

interface From {
  readonly database: Database;
  readonly keys: KeyStore;
}

/** Whether a fact of this child is asked for, by its kind. */
type Wanted = (child: string, kind: Pick<Row, 'agency' | 'category' | 'handling'>) => boolean;

/**
 * The facts of these types that stand, by child, in source time, each in the newest shape of its type; read from the timeline's rows.
 * A fact whose key was destroyed, or that this version cannot read, is left out: nothing follows from what nobody knows. `wanted`: by
 * its kind, before it is opened; all of them otherwise.
 */
export async function heldFacts(
  from: From,
  children: readonly string[],
  types: readonly string[],
  wanted: Wanted = () => true,
): Promise<Map<string, HeldFact[]>> {
  const held = await sealedFacts(from, children, types, wanted);
  return new Map(children.map((child) => [child, held.of(child)] as const).filter(([, facts]) => facts.length > 0));
}

/** As `heldFacts`, and opened only when a child is asked for: `of` throws where a body of this child does not open. */
export async function sealedFacts(
  { database, keys }: From,
  children: readonly string[],
  types: readonly string[],
  wanted: Wanted = () => true,
): Promise<{ readonly of: (child: string) => HeldFact[] }> {
  const { rows: all } = await database.query<Row>({
    name: 'held facts',
    text: `
      select l.child, t.key, t.fact, t.type, t.record, t.agency, t.system, t.category, t.handling, t.occurred_at, t.precision,
             t.stated_at, t.received_at, t.recorded_at, t.history,
             -- Whichever of two versions came first, the one that stands replaces what its source had said before it.
             exists (select from statements mine join statements s on s.fact = mine.fact
                     where mine.fact = decode(t.fact, 'hex') and mine.receipt = t.receipt and not s.retracted
                     and s.stated_at < t.stated_at and s.content <> mine.content) as corrected,
             t.key_id, t.sealed
      from links l join timeline t on t.record = l.record
      where l.child = any($1::uuid[]) and l.known_to = 'infinity'
        and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
        and t.type = any($2) and t.superseded_at is null and t.withdrawn_at is null
      order by t.occurred_at, t.stated_at, t.fact`,
    values: [children, types.flatMap(versionsOf)],
  });
  const rows = all.filter((row) => wanted(row.child, row));
  const found = await keys.find([...new Set(rows.map(({ key_id }) => key_id))]);
  const byChild = Map.groupBy(rows, ({ child }) => child);
  return { of: (child) => (byChild.get(child) ?? []).flatMap((row) => opened(row, found.get(row.key_id))) };
}

function opened(row: Row, key: DataKey | undefined): HeldFact[] {
  const type = newestType(row.type);
  const content = key && decode(type, upcast({ type: row.type, data: open(key, row.sealed, row.key) }).data);
  if (!content || !isAgency(row.agency)) return [];
  const { fact, record, system, category, handling, precision, corrected, history } = row;
  return [
    {
      event: row.key,
      agency: row.agency,
      ...{ fact, type, record, system, category, handling, precision, corrected, history, content },
      occurredAt: row.occurred_at,
      statedAt: row.stated_at,
      receivedAt: row.received_at,
      recordedAt: row.recorded_at,
    },
  ];
}
