import { shownOutcomes, statusOf, type PartOutcome, type ReceiptStatus } from '../../../kernel/intake.js';
import type { DataKey, KeyStore } from '../../../kernel/keys.js';
import { transaction, type Connection, type Database } from '../../database/pool.js';
import { SealBroken } from '../../keys/seal.js';
import { CHANNEL } from './bell.js';
import { CursorRejected } from './receipt-book.js';
import { cursorAt, seqOf } from './cursor.js';
import { openEnvelope } from './envelope.js';
import { inGroup, OPEN, type Group } from './quarantine-groups.js';

export const DESK_PAGE = 100;

// By the column of the partial index, not by `status`.
const WORKLISTS = {
  quarantined: `waits_as = 'quarantined'`,
  held: `waits_as = 'held'`,
  'partly-recorded': `waits_as = 'partly-recorded'`,
};

/** A message somebody must look at (quarantined) or that waits to be placed (held). No personal data. */
export interface DeskEntry {
  readonly receipt: string;
  readonly system: string;
  readonly format: string;
  readonly contentType: string;
  readonly size: number;
  readonly receivedAt: string;
  readonly status: ReceiptStatus;
  readonly attempts: number;
  /** Every part with its reason code and the reason in plain words. */
  readonly outcomes: readonly PartOutcome[];
}

/** What an operator did, why and when. */
export interface DeskAction {
  readonly action: 'retry' | 'close';
  readonly reason: string;
  readonly who: string;
  readonly at: string;
}

/** The operator's view of one message, opened. */
export interface DeskFile extends DeskEntry {
  readonly actions: readonly DeskAction[];
  readonly message:
    | {
        readonly erased: false;
        readonly messageId: string;
        readonly attributes: Readonly<Record<string, string>>;
        readonly body: Uint8Array;
      }
    /** `damaged`: it is there, and cannot be opened. */
    | { readonly erased: true; readonly damaged?: true };
}

/** Who acts and why: kept with the receipt, and required. */
export interface Warrant {
  readonly who: string;
  readonly reason: string;
}

interface EntryRow {
  readonly seq: bigint;
  readonly id: string;
  readonly system: string;
  readonly format: string;
  readonly content_type: string;
  readonly size: number;
  readonly received_at: string;
  readonly status: ReceiptStatus;
  readonly attempts: number;
  readonly outcomes: PartOutcome[];
}

const COLUMNS = 'seq, id, system, format, content_type, size, received_at, status, attempts, outcomes';

/** The work-list of what could not be recorded: list, show, retry, close. Never for partners. */
export class QuarantineDesk {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyStore,
  ) {}

  /** The messages of one group, oldest first, `DESK_PAGE` a page. Throws `CursorRejected`. */
  async listGroup(
    { system, format, reason }: Group,
    cursor?: string,
  ): Promise<{ entries: DeskEntry[]; cursor?: string }> {
    const { rows } = await this.database.query<EntryRow>(
      `select ${COLUMNS} from receipts r where ${OPEN} and ${inGroup(1)} and seq > $4 order by seq limit $5`,
      [system, format, reason, placeOf(cursor), DESK_PAGE + 1],
    );
    return pageOf(rows);
  }

  /** Oldest first, `DESK_PAGE` a page. Throws `CursorRejected`. */
  async list(query: {
    status: keyof typeof WORKLISTS;
    system?: string | undefined;
    cursor?: string | undefined;
  }): Promise<{ entries: DeskEntry[]; cursor?: string }> {
    const { rows } = await this.database.query<EntryRow>(
      `select ${COLUMNS} from receipts
       where ${WORKLISTS[query.status]} and ($1::text is null or system = $1) and seq > $2
       order by seq limit $3`,
      [query.system, placeOf(query.cursor), DESK_PAGE + 1],
    );
    return pageOf(rows);
  }

  /** Any receipt by its id, whatever its status; undefined when there is none. */
  async show(receipt: string): Promise<DeskFile | undefined> {
    const { rows } = await this.database.query<EntryRow & { key_id: string; sealed: Buffer | null }>(
      `select ${COLUMNS}, key_id, sealed from receipts left join messages on receipt = id where id = $1`,
      [receipt],
    );
    const row = rows[0];
    if (!row) return undefined;
    const actions = await this.database.query<DeskAction>(
      'select action, reason, who, at from receipt_actions where receipt = $1 order by id',
      [receipt],
    );
    const key = (await this.keys.find([row.key_id])).get(row.key_id);
    return { ...entry(row), actions: actions.rows, message: opened(key, row.id, row.sealed) };
  }

  /**
   * Back to `received`, to be translated again; attempts go on counting. Also for messages already recorded, after an
   * adapter was mended. Answers the receipts that were put back: not those still waiting, withdrawn, or unknown.
   * The publisher's view stays as it is until the outcome is there: a retry can mean that the child became known.
   */
  async retry(receipts: readonly string[], warrant: Warrant): Promise<string[]> {
    if (receipts.length === 0) return [];
    return this.#putBack(`id = any ($1::uuid[]) and status not in ('received', 'withdrawn')`, [receipts], warrant);
  }

  /** All that wait in a group, in one transaction; answers how many were put back. */
  async retryGroup({ system, format, reason }: Group, warrant: Warrant): Promise<number> {
    return (await this.#putBack(`${OPEN} and ${inGroup(1)}`, [system, format, reason], warrant)).length;
  }

  async #putBack(which: string, values: readonly unknown[], warrant: Warrant): Promise<string[]> {
    const retried = await this.#act('retry', warrant, (connection) =>
      connection.query<{ id: string }>(
        `update receipts r set status = 'received', closed_at = null where ${which} returning id`,
        [...values],
      ),
    );
    // After the commit, so that no worker looks too early.
    if (retried.length > 0) await this.database.query(`notify ${CHANNEL}`);
    return retried;
  }

  /**
   * Nothing more will come of these: their held and quarantined parts become `ignored`. The operator's own words stay in
   * `receipt_actions`: the publisher reads the outcomes. Answers the receipts that had such parts.
   */
  async close(receipts: readonly string[], warrant: Warrant): Promise<string[]> {
    if (receipts.length === 0) return [];
    return this.#act('close', warrant, async (connection) => {
      const { rows } = await connection.query<Pick<EntryRow, 'id' | 'outcomes'>>(
        `select id, outcomes from receipts
         where id = any ($1::uuid[]) and waits_as is not null order by id for update`,
        [receipts],
      );
      const closed = rows.map(({ id, outcomes }) => ({ id, outcomes: outcomes.map(closedByOperator) }));
      return connection.query<{ id: string }>(
        `update receipts r
         set status = d.status, shown_status = d.shown, outcomes = d.outcomes, closed_at = clock_timestamp()
         from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[]) as d (id, status, shown, outcomes)
         where r.id = d.id returning r.id`,
        [
          closed.map(({ id }) => id),
          closed.map(({ outcomes }) => statusOf(outcomes)),
          closed.map(({ outcomes }) => statusOf(shownOutcomes(outcomes))),
          closed.map(({ outcomes }) => JSON.stringify(outcomes)),
        ],
      );
    });
  }

  async #act(
    action: DeskAction['action'],
    { who, reason }: Warrant,
    change: (connection: Connection) => Promise<{ rows: { id: string }[] }>,
  ): Promise<string[]> {
    if (who.trim() === '' || reason.trim() === '') throw new Error('who acts, and why, must be said');
    return transaction(this.database, async (connection) => {
      const changed = (await change(connection)).rows.map(({ id }) => id);
      await connection.query(
        `insert into receipt_actions (receipt, action, reason, who) select id, $2, $3, $4 from unnest($1::uuid[]) as id`,
        [changed, action, reason, who],
      );
      await connection.query('delete from waiting where receipt = any ($1::uuid[])', [changed]);
      return changed;
    });
  }
}

function opened(key: DataKey | undefined, receipt: string, sealed: Buffer | null): DeskFile['message'] {
  if (!key || !sealed) return { erased: true };
  try {
    return { erased: false, ...openEnvelope(key, receipt, sealed) };
  } catch (error) {
    // The worker has quarantined it for that: whoever looks into why must not meet a failure of the page.
    if (error instanceof SealBroken) return { erased: true, damaged: true };
    throw error;
  }
}

/** Throws `CursorRejected`. */
function placeOf(cursor: string | undefined): bigint {
  const after = cursor === undefined ? 0n : seqOf(cursor);
  if (after === undefined) throw new CursorRejected('not a cursor of this list');
  return after;
}

function pageOf(rows: readonly EntryRow[]): { entries: DeskEntry[]; cursor?: string } {
  const page = rows.slice(0, DESK_PAGE);
  const last = page.at(-1);
  const entries = page.map(entry);
  return rows.length > DESK_PAGE && last ? { entries, cursor: cursorAt(last.seq) } : { entries };
}

// `discreet` stays: whether a message was held for want of a known child must not show by how it is closed either.
function closedByOperator(part: PartOutcome): PartOutcome {
  if (part.outcome !== 'held' && part.outcome !== 'quarantined') return part;
  return {
    ...part,
    outcome: 'ignored',
    reason: 'closed-by-operator',
    detail: 'An operator closed it: see its actions.',
  };
}

function entry(row: EntryRow): DeskEntry {
  return {
    receipt: row.id,
    system: row.system,
    format: row.format,
    contentType: row.content_type,
    size: row.size,
    receivedAt: row.received_at,
    status: row.status,
    attempts: row.attempts,
    outcomes: row.outcomes,
  };
}
