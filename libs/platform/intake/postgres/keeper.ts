import type { DataKey, KeyStore } from '../../../kernel/keys.js';
import type { Kept } from '../../../kernel/intake.js';
import type { Database } from '../../database/pool.js';
import type { AtHand } from './at-hand.js';
import type { Draft } from './draft.js';
import { earlier, insert, type Earlier } from './insert.js';

// Bounds of one flush and of what may queue behind it: beyond, the door says "busy" instead of growing.
const FLUSH_MESSAGES = 2_000;
const FLUSH_BYTES = 16 * 1_048_576;
const QUEUE_MESSAGES = 20_000;
// From so many on, what waits goes in a flush beside the one under way: then one is sealed while the other is written.
const BESIDE_MESSAGES = 200;
const FLUSHES = 2;
const QUEUE_BYTES = 128 * 1_048_576;

interface Request {
  readonly drafts: readonly Draft[];
  readonly bytes: number;
  readonly resolve: (kept: Kept[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Group commit: requests queue while an insert is under way, and the next one takes all of them. One transaction per
 * round trip, not per request: that is where the throughput of the door comes from.
 */
export class Keeper {
  #queue: Request[] = [];
  #messages = 0;
  #bytes = 0;
  /** Of these, in the queue. */
  #waiting = 0;
  #runs = 0;
  readonly #running = new Set<Promise<void>>();
  /** Keys taken for messages that turned out to be repeats: they sealed nothing that was stored. */
  #spare: DataKey[] = [];

  constructor(
    private readonly database: Database,
    private readonly keys: KeyStore,
    private readonly atHand: AtHand,
    private readonly onKept: (count: number) => void,
  ) {}

  /** True when no more should be queued. */
  get full(): boolean {
    return this.#messages >= QUEUE_MESSAGES || this.#bytes >= QUEUE_BYTES;
  }

  /** Resolves once durable. Rejects with the engine's error: then nothing is known, and sending again is safe. */
  keep(drafts: readonly Draft[]): Promise<Kept[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Kept[]>();
    const bytes = drafts.reduce((sum, { message }) => sum + message.body.byteLength, 0);
    this.#queue.push({ drafts, bytes, resolve, reject });
    this.#messages += drafts.length;
    this.#waiting += drafts.length;
    this.#bytes += bytes;
    if (this.#runs === 0 || (this.#waiting >= BESIDE_MESSAGES && this.#runs < FLUSHES)) this.#start();
    return promise;
  }

  /** Resolves when everything queued has been answered. */
  async drained(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #start(): void {
    this.#runs += 1;
    const running = this.#run().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #run(): Promise<void> {
    // Requests of the same turn of the event loop share the first flush too.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#flush(this.#next());
    // In the same step that found the queue empty: what comes later starts the next run.
    this.#runs -= 1;
  }

  #next(): Request[] {
    let messages = 0;
    let bytes = 0;
    const past = this.#queue.findIndex((request, at) => {
      messages += request.drafts.length;
      bytes += request.bytes;
      return at > 0 && (messages > FLUSH_MESSAGES || bytes > FLUSH_BYTES);
    });
    const taken = this.#queue.splice(0, past < 0 ? this.#queue.length : past);
    for (const { drafts } of taken) this.#waiting -= drafts.length;
    return taken;
  }

  async #flush(requests: readonly Request[]): Promise<void> {
    try {
      const kept = await this.#store(requests.flatMap(({ drafts }) => drafts));
      for (const { drafts, resolve } of requests) resolve(kept.splice(0, drafts.length));
    } catch (error) {
      for (const { reject } of requests) reject(error);
    } finally {
      for (const { drafts, bytes } of requests) {
        this.#messages -= drafts.length;
        this.#bytes -= bytes;
      }
    }
  }

  async #store(drafts: readonly Draft[]): Promise<Kept[]> {
    const firsts = new Map<string, Draft>();
    for (const one of drafts) if (!firsts.has(one.identity)) firsts.set(one.identity, one);

    const fresh = [...firsts.values()];
    const keys = await this.#take(fresh.length);
    this.atHand.hold(fresh, keys);
    const refused = await insert(this.database, fresh, keys);
    if (refused.size < fresh.length) this.onKept(fresh.length - refused.size);
    const before = refused.size > 0 ? await this.#standing(fresh, keys, refused) : new Map<string, Earlier>();

    return drafts.map((one): Kept => {
      const twin = firsts.get(one.identity);
      const inserted = twin !== undefined && !refused.has(twin.receipt);
      if (inserted && twin === one) return { outcome: 'kept', receipt: one.receipt, status: 'received' };
      const first = inserted ? standingNow(twin) : before.get(one.identity);
      if (!first) throw new Error('a receipt that stood in the way is gone');
      // Erased: nobody can tell any more what it said, and the same id brings nothing back.
      return first.contentHash.length === 0 || first.contentHash.equals(one.contentHash)
        ? { outcome: 'repeated', receipt: first.id, status: first.status }
        : { outcome: 'conflict', receipt: first.id };
    });
  }

  /** What stood in the way of these, and is not at hand nor sealed under their keys. */
  async #standing(
    fresh: readonly Draft[],
    keys: readonly DataKey[],
    refused: ReadonlySet<string>,
  ): Promise<Map<string, Earlier>> {
    this.atHand.drop([...refused]);
    this.#spare.push(...keys.filter((_, at) => refused.has(fresh[at]?.receipt ?? '')));
    return earlier(
      this.database,
      fresh.filter(({ receipt }) => refused.has(receipt)),
    );
  }

  async #take(count: number): Promise<DataKey[]> {
    const spare = this.#spare.splice(0, count);
    return spare.length < count ? [...spare, ...(await this.keys.take(count - spare.length))] : spare;
  }
}

function standingNow({ receipt, contentHash }: Draft): Earlier {
  return { id: receipt, contentHash, status: 'received' };
}
