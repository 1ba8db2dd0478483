import type { Projection, Value } from '../../kernel/projection.js';
import { identifier, tableOf, type Build } from './builds.js';
import type { Folded, Row } from './changes.js';
import { rowArray } from './row-array.js';

export interface Statement {
  /** Set where the text is the same for every batch. */
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Puts rows, all in one statement: a row that is there already is replaced. */
export function upsert(projection: Projection, build: Build, rows: readonly Row[]): Statement {
  const names = Object.keys(projection.columns);
  const others = names
    .filter((name) => name !== 'key')
    .map((name) => `${identifier(name)} = excluded.${identifier(name)}`);
  const whole = rowArray(
    build.rowType,
    names.map((name) => [name, typeOf(projection, name)]),
    rows,
  );
  return {
    // Taking this text apart and planning it costs PostgreSQL 190 µs; a row type is one build's, and no other's after it.
    ...(whole && { name: `projection puts ${build.rowType}` }),
    text: `insert into ${tableOf(build)} (${names.map(identifier).join(', ')})
           select * from unnest(${whole ? `$1::${tableOf(build)}[]` : arrays(projection, names)})
           on conflict (key) do ${others.length > 0 ? `update set ${others.join(', ')}` : 'nothing'}`,
    // What cannot be written in binary PostgreSQL reads as text, or refuses: then its event is parked.
    values: whole ? [whole] : names.map((name) => column(name, rows)),
  };
}

/** Patches rows of earlier batches: those that set the same columns in one statement; a projection has one or two shapes. */
export function patches(projection: Projection, build: Build, folded: Folded): Statement[] {
  const shapes = Map.groupBy(folded.patches, ([, set]) => Object.keys(set).sort().join());
  return [...shapes.values()].flatMap((alike) => {
    const names = Object.keys(alike[0]?.[1] ?? {}).sort();
    if (names.length === 0) return [];
    const all = ['key', ...names];
    const rows = alike.map(([key, set]) => ({ ...set, key }));
    const sets = names.map((name) => `${identifier(name)} = p.${identifier(name)}`);
    return [
      {
        text: `update ${tableOf(build)} as r set ${sets.join(', ')}
               from unnest(${arrays(projection, all)}) as p (${all.map(identifier).join(', ')}) where r.key = p.key`,
        values: all.map((name) => column(name, rows)),
      },
    ];
  });
}

function column(name: string, rows: readonly Partial<Row>[]): Value[] {
  return rows.map((row) => row[name] ?? null);
}

function arrays(projection: Projection, names: readonly string[]): string {
  return names.map((name, index) => `$${index + 1}::${typeOf(projection, name)}[]`).join(', ');
}

// "text not null" is how a column is declared; a cast takes the type alone.
function typeOf(projection: Projection, name: string): string {
  return (projection.columns[name] ?? 'text').replace(/ (not null|default|check|collate)\b.*$/i, '');
}
