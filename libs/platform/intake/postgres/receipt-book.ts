import { shownOutcomes, type PartOutcome, type Receipt, type ReceiptStatus } from '../../../kernel/intake.js';
import type { DataKey, KeyStore } from '../../../kernel/keys.js';
import type { Database } from '../../database/pool.js';
import { SealBroken } from '../../keys/seal.js';
import { cursorAt, seqOf } from './cursor.js';
import { openHead, SEALED_HEAD } from './envelope.js';

export const RECEIPT_PAGE = 100;

export interface ReceiptQuery {
  readonly system: string;
  readonly status?: ReceiptStatus | undefined;
  /** Received at or after, RFC 3339. */
  readonly since?: string | undefined;
  readonly cursor?: string | undefined;
}

export interface ReceiptPage {
  readonly receipts: readonly Receipt[];
  /** Where the next page begins; none on the last page. */
  readonly cursor?: string;
}

/** The cursor was not handed out by this list. */
export class CursorRejected extends Error {
  readonly code = 'cursor';
}

/** A receipt's row, as far as reading it needs. */
interface ReceiptRow {
  readonly seq: bigint;
  readonly id: string;
  readonly system: string;
  readonly key_id: string;
  readonly head: Buffer | null;
  readonly received_at: string;
  readonly status: ReceiptStatus;
  readonly outcomes: PartOutcome[];
}

const RECEIPTS = 'receipts left join messages on receipt = id';
const COLUMNS = `seq, id, system, key_id, ${SEALED_HEAD} as head, received_at, shown_status as status, outcomes`;

/** Receipts as their publisher sees them. Only ever the publisher's own: `system` is part of every question. */
export class ReceiptBook {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyStore,
  ) {}

  /** Undefined when there is none of this id, or it is another system's: the same answer, after the same work. */
  async get(id: string, system: string): Promise<Receipt | undefined> {
    const { rows } = await this.database.query<ReceiptRow>({
      name: 'receipt get',
      text: `select ${COLUMNS} from ${RECEIPTS} where id = $1 and system = $2`,
      values: [id, system],
    });
    return (await this.#read(rows))[0];
  }

  /** Newest first, `RECEIPT_PAGE` a page. Throws `CursorRejected`. */
  async list({ system, status, since, cursor }: ReceiptQuery): Promise<ReceiptPage> {
    const before = cursor === undefined ? undefined : seqOf(cursor);
    if (cursor !== undefined && before === undefined) throw new CursorRejected('not a cursor of this list');
    const { rows } = await this.database.query<ReceiptRow>({
      name: 'receipt list',
      text: `select ${COLUMNS} from ${RECEIPTS}
             where system = $1 and ($2::text is null or shown_status = $2) and ($3::timestamptz is null or received_at >= $3)
               and seq < coalesce($4::bigint, 9223372036854775807)
             order by seq desc limit $5`,
      values: [system, status, since, before, RECEIPT_PAGE + 1],
    });
    const page = rows.slice(0, RECEIPT_PAGE);
    const last = page.at(-1);
    const receipts = await this.#read(page);
    return rows.length > RECEIPT_PAGE && last ? { receipts, cursor: cursorAt(last.seq) } : { receipts };
  }

  async #read(rows: readonly ReceiptRow[]): Promise<Receipt[]> {
    const found = await this.keys.find(rows.map((row) => row.key_id));
    return rows.map((row) => ({
      id: row.id,
      source: row.system,
      messageId: messageIdOf(row, found.get(row.key_id)),
      receivedAt: row.received_at,
      status: row.status,
      outcomes: shownOutcomes(row.outcomes),
    }));
  }
}

// The source's own id can name a child ("referral of ..."), so it is sealed, and goes with the key.
function messageIdOf(row: ReceiptRow, key: DataKey | undefined): string {
  if (!key) return 'erased';
  if (!row.head) return 'unreadable';
  try {
    return openHead(key, row.id, row.head).messageId;
  } catch (error) {
    // One damaged row must not hide its neighbours; the worker quarantines it and says why.
    if (error instanceof SealBroken) return 'unreadable';
    throw error;
  }
}
