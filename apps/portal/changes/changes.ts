import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import type { RowsMoved } from '../../../libs/platform/projections/rows-moved.js';
import { shownHolders } from '../children/child-view.js';
import { knownChild } from '../children/known-child.js';
import type { Refusals } from '../../../libs/platform/sign-in/revocations.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import { kindsSeen, readKinds } from '../timeline/kinds.js';
import { readVisible } from '../timeline/timeline-rows.js';

const HEARTBEAT_MS = 15_000;
// Then the client comes again, with a token that is still good.
const LONGEST_MS = 10 * 60_000;
const DIGEST = /^[\w-]{43}$/;

/** Server-sent events that say only "changed", and only of what the looker sees. */
export class Changes {
  readonly #stopping = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly rows: RowsMoved,
    private readonly looks: Looks,
    private readonly keys: KeyStore,
    private readonly refusals: Refusals,
  ) {}

  /**
   * Text of the stream; ends with the signal, with `stop`, when the child is no longer theirs to see, or when their credential was revoked. `last` is what the
   * looker has seen, as `seen` or the stream's own event ids say it: what came since is told at once. Rejects with a 404.
   */
  async follow(
    looker: Looker,
    child: string,
    signal: AbortSignal,
    last?: string,
  ): Promise<AsyncGenerator<string, void>> {
    const what = 'timeline.follow';
    const seen = await this.seen(looker, child);
    await this.looks.record(looker, { what, child, outcome: seen === undefined ? 'not-found' : 'shown', details: {} });
    if (seen === undefined) throw notFound();
    const until = AbortSignal.any([signal, this.#stopping.signal, AbortSignal.timeout(LONGEST_MS)]);
    return this.#events(looker, child, last !== undefined && DIGEST.test(last) ? last : seen, until);
  }

  /** Ends every stream: a server that is closing waits for nobody. */
  stop(): void {
    this.#stopping.abort();
  }

  async *#events(looker: Looker, child: string, first: string, until: AbortSignal): AsyncGenerator<string, void> {
    const began = Math.floor(Date.now() / 1_000) + 1;
    let mark = '';
    let seen = first;
    yield `retry: 3000\nid: ${first}\n\n`;
    let beat = AbortSignal.timeout(HEARTBEAT_MS);
    while (!until.aborted) {
      mark = await this.rows.beyond(mark, AbortSignal.any([until, beat]));
      const now = await this.seen(looker, child);
      if (now === undefined || until.aborted || this.#revoked(looker, began)) return;
      if (now !== seen) yield `id: ${now}\nevent: changed\ndata: changed\n\n`;
      // On its own beat only: one that came whenever the hub took something in would tell of other children.
      if (beat.aborted) {
        yield ': still here\n\n';
        beat = AbortSignal.timeout(HEARTBEAT_MS);
      }
      seen = now;
    }
  }

  #revoked({ viewer }: Looker, began: number): boolean {
    return this.refusals.refuses(viewer.roles.includes('system') ? 'system' : 'person', viewer.who, began);
  }

  /** A keyed digest of all that this looker sees of the child; undefined when that is nothing. */
  async seen(looker: Looker, child: string): Promise<string | undefined> {
    const known = await knownChild(this.database, looker, child);
    if (!known) return undefined;
    const { full, withheld } = kindsSeen(known.viewer, looker.purpose, await readKinds(this.database, child));
    const visible = await readVisible(this.database, child, full);
    const { provisional } = known.row;
    const holders = shownHolders(known.row, looker).map(({ worker, worker_name, team }) => [worker, worker_name, team]);
    const all = JSON.stringify({ visible, withheld, provisional, holders });
    return this.keys.hash('seen', looker.viewer.who, child, all).toString('base64url');
  }
}
