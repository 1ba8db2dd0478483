import type { Agency } from '../../kernel/agency.js';
import type { KeyStore } from '../../kernel/keys.js';
import { Answer, type RequestAnswered } from '../../contracts/gen/hub/record/v1/record_pb.js';
import type { Database } from '../database/pool.js';
import { ReceiptBook } from '../intake/postgres/receipt-book.js';
import { open } from '../keys/seal.js';
import { isAnswer, isDispute, openAnnotations, type Annotation, type SealedAnnotation } from './annotation-store.js';

export const REQUEST_PAGE = 50;

export const answers = { corrected: Answer.CORRECTED, stands: Answer.STANDS, 'not-ours': Answer.NOT_OURS } as const;
export type AnswerName = keyof typeof answers;

/** What a source is asked about its own record. Never which child, nor anything of another source. */
export interface SourceRequest {
  readonly id: string;
  /** `wrong`: an entry is said to be wrong. `why-withheld`: why the source withholds something of this record. */
  readonly kind: 'wrong' | 'why-withheld';
  readonly status: 'open' | 'answered';
  readonly askedAt: string;
  /** Never a name. */
  readonly askedBy: { readonly agency: Agency; readonly role: string };
  /** In the asker's words: what is wrong, or what it is needed for. */
  readonly text: string;
  /** Of what is said to be wrong: the source's own receipt, message id, and where in the message it stands. */
  readonly about:
    { readonly receipt: string; readonly messageId: string; readonly pointer?: string } | { readonly record: string };
  readonly answer?: { readonly answer: AnswerName; readonly text: string; readonly answeredAt: string };
}

export interface RequestQuery {
  readonly system: string;
  readonly status?: SourceRequest['status'] | undefined;
  /** Asked at or after, RFC 3339. */
  readonly since?: string | undefined;
  /** The last request of the page before. */
  readonly cursor?: string | undefined;
}

interface RequestRow extends SealedAnnotation {
  readonly source_key: Buffer;
  readonly answered: boolean;
}

const REQUESTS = `
  select a.key, a.record, a.type, a.agency, a.said_at, a.receipt, a.key_id, a.sealed, r.source_key,
         exists (select from annotations w where w.correlation = a.receipt
                 and w.type = 'hub.record.v1.RequestAnswered' and w.void_at is null) as answered
  from annotations a join records r on r.stream = a.record
  where a.type in ('hub.record.v1.SaidToBeWrong', 'hub.record.v1.AskedWhyWithheld') and a.void_at is null
    and r.system = $1`;

/** Requests as the source that they are for sees them: what readers said of its entries, and asked of its records. */
export class RequestBook {
  readonly #receipts: ReceiptBook;

  constructor(
    private readonly database: Database,
    private readonly keys: KeyStore,
    /**
     * `discreetly`: without what was recorded only because the hub knew the child. Its publisher's receipt says `held`, and a
     * request would say otherwise: those are an operator's to carry.
     */
    private readonly view: 'discreetly' | 'whole',
  ) {
    this.#receipts = new ReceiptBook(database, keys);
  }

  /** Newest first, `REQUEST_PAGE` a page; the cursor is the last id. */
  async list({ system, status, since, cursor }: RequestQuery): Promise<{ requests: SourceRequest[]; cursor?: string }> {
    const requests: SourceRequest[] = [];
    let after = cursor ?? null;
    for (;;) {
      const { rows } = await this.database.query<RequestRow>({
        name: 'requests of a source',
        text: `select * from (${REQUESTS}
            and ($2::timestamptz is null or a.said_at >= $2)
            and ($3::uuid is null or a.position < (select position from annotations c where c.receipt = $3))
          order by a.position desc) asked
          where $4::boolean is null or answered = $4 limit $5`,
        values: [system, since ?? null, after, status === undefined ? null : status === 'answered', REQUEST_PAGE + 1],
      });
      requests.push(...(await this.#read(rows, system)));
      // Filled up, so that a page is no shorter for what is not handed over.
      if (requests.length > REQUEST_PAGE || rows.length <= REQUEST_PAGE) break;
      after = rows.at(-1)?.receipt ?? null;
    }
    const page = requests.slice(0, REQUEST_PAGE);
    const last = page.at(-1);
    return { requests: page, ...(requests.length > REQUEST_PAGE && last ? { cursor: last.id } : {}) };
  }

  /** Undefined when there is none of this id, or it is another system's. With the record that an answer goes to. */
  async find(id: string, system: string): Promise<{ request: SourceRequest; stream: string } | undefined> {
    const { rows } = await this.database.query<RequestRow>({
      name: 'request of a source',
      text: `${REQUESTS} and a.receipt = $2`,
      values: [system, id],
    });
    const [request] = await this.#read(rows, system);
    const stream = rows[0]?.record;
    return request && stream !== undefined ? { request, stream } : undefined;
  }

  async #read(rows: readonly RequestRow[], system: string): Promise<SourceRequest[]> {
    const asked = await openAnnotations(rows, this.keys);
    const answered = await this.#answers(rows.filter((row) => row.answered).map(({ receipt }) => receipt));
    const sourceKeys = await this.#sourceKeys(rows);
    const receipts = await this.#receiptsOf(asked);
    const requests = await Promise.all(
      asked.map(async (one) => {
        const about = await this.#about(one, system, receipts, sourceKeys);
        return about ? [requestOf(one, about, answered.get(one.receipt))] : [];
      }),
    );
    return requests.flat();
  }

  async #about(
    one: Annotation,
    system: string,
    receipts: ReadonlyMap<string, string>,
    sourceKeys: ReadonlyMap<string, string>,
  ): Promise<SourceRequest['about'] | undefined> {
    if (!('version' in one.said)) return undefined;
    const { version } = one.said;
    const receipt = await this.#receipts.get(receipts.get(version) ?? '00000000-0000-0000-0000-000000000000', system);
    // As the publisher sees its receipt: a part that it is told is held names no event.
    const part = receipt?.outcomes.find(({ eventId }) => eventId === version);
    if (this.view === 'discreetly' && !part) return undefined;
    if (!isDispute(one)) return { record: sourceKeys.get(one.record) ?? 'erased' };
    return {
      receipt: receipt?.id ?? '',
      messageId: receipt?.messageId ?? '',
      ...(part?.pointer === undefined ? {} : { pointer: part.pointer }),
    };
  }

  async #answers(requests: readonly string[]): Promise<Map<string, Annotation<RequestAnswered>>> {
    if (requests.length === 0) return new Map();
    const { rows } = await this.database.query<SealedAnnotation>({
      name: 'answers to requests',
      text: `select key, record, type, agency, said_at, receipt, key_id, sealed from annotations
             where correlation = any($1::uuid[]) and type = 'hub.record.v1.RequestAnswered' and void_at is null`,
      values: [requests],
    });
    const opened = (await openAnnotations(rows, this.keys)).filter(isAnswer);
    return new Map(opened.map((one) => [one.said.request, one]));
  }

  async #receiptsOf(asked: readonly Annotation[]): Promise<Map<string, string>> {
    const versions = asked.flatMap(({ said }) => ('version' in said ? [said.version] : []));
    const { rows } = await this.database.query<{ key: string; receipt: string }>({
      name: 'receipts of versions',
      text: 'select key, receipt from timeline where key = any($1::uuid[])',
      values: [versions],
    });
    return new Map(rows.map(({ key, receipt }) => [key, receipt]));
  }

  async #sourceKeys(rows: readonly RequestRow[]): Promise<Map<string, string>> {
    const found = await this.keys.find([...new Set(rows.map(({ key_id }) => key_id))]);
    return new Map(
      rows.flatMap(({ record, key_id, source_key }) => {
        const key = found.get(key_id);
        return key ? [[record, open(key, source_key, record).toString()] as const] : [];
      }),
    );
  }
}

function requestOf(
  one: Annotation,
  about: SourceRequest['about'],
  answered: Annotation<RequestAnswered> | undefined,
): SourceRequest {
  const { said } = one;
  const answer = answered && {
    answer: nameOf(answered.said.answer),
    text: answered.said.text,
    answeredAt: answered.saidAt,
  };
  return {
    id: one.receipt,
    kind: isDispute(one) ? 'wrong' : 'why-withheld',
    status: answer ? 'answered' : 'open',
    askedAt: one.saidAt,
    askedBy: { agency: one.agency, role: 'by' in said ? (said.by?.role ?? '') : '' },
    text: 'what' in said ? said.what : 'need' in said ? said.need : '',
    about,
    ...(answer ? { answer } : {}),
  };
}

function nameOf(answer: Answer): AnswerName {
  return answer === Answer.CORRECTED ? 'corrected' : answer === Answer.NOT_OURS ? 'not-ours' : 'stands';
}
