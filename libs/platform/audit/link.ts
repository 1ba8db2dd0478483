import canonicalize from 'canonicalize';
import type { KeyStore } from '../../kernel/keys.js';
import type { Look } from './look.js';

/** A row of the audit as it is hashed: every column that says something, spelt in one way. */
export interface ChainRow {
  readonly id: bigint;
  /** RFC 3339 UTC, six decimals. */
  readonly at: string;
  readonly who: string;
  readonly agency: string;
  readonly roles: readonly string[];
  readonly purpose: string;
  readonly what: string;
  readonly child: string | null;
  readonly outcome: string;
  readonly details: unknown;
  readonly correlation: string;
  readonly shown: readonly string[];
}

/** Reads rows as `ChainRow`, with the hash they carry. */
export const CHAIN_COLUMNS = `
  id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, who, agency, roles, purpose, what, child,
  outcome, details, correlation_id as correlation, shown, hash`;

/** The hash of what comes before the first row. */
export const BEGINNING = Buffer.alloc(0);

/** The row a look becomes, as PostgreSQL gives it back. Throws `RangeError` when `at` is no time. */
export function rowOf(look: Look, id: bigint): ChainRow {
  return {
    id,
    at: new Date(look.at).toISOString().replace('Z', '000Z'),
    who: look.who,
    agency: look.agency,
    roles: look.roles,
    purpose: look.purpose,
    what: look.what,
    child: look.child?.toLowerCase() ?? null,
    outcome: look.outcome,
    details: JSON.parse(JSON.stringify(look.details)) as unknown,
    correlation: look.correlationId.toLowerCase(),
    shown: (look.shown ?? []).map((id) => id.toLowerCase()),
  };
}

/** HMAC-SHA-256 over the row and the hash of the row before it, under the hub's secret: it says what, and after what. */
export function linkHash(keys: Pick<KeyStore, 'hash'>, before: Uint8Array, row: ChainRow): Buffer {
  const { id, at, who, agency, roles, purpose, what, child, outcome, details, correlation, shown } = row;
  // Canonical, because the database keeps an object's members in an order of its own.
  const content = canonicalize([at, who, agency, roles, purpose, what, child, outcome, details, correlation, shown]);
  return keys.hash('audit-chain', before, String(id), content ?? '');
}
