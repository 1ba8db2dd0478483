import type { RowsMoved } from '../../../libs/platform/projections/rows-moved.js';
import type { Refusals } from '../../../libs/platform/sign-in/revocations.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import type { Inbox } from './inbox.js';

const HEARTBEAT_MS = 15_000;
// Then the browser comes again, with a session that is still good.
const LONGEST_MS = 10 * 60_000;

/** Server-sent events that say how many notices wait for somebody, and nothing else. */
export class InboxChanges {
  readonly #stopping = new AbortController();

  constructor(
    private readonly inbox: Inbox,
    private readonly rows: RowsMoved,
    private readonly looks: Looks,
    private readonly refusals: Refusals,
  ) {}

  /** Text of the stream; ends with the signal, with `stop`, after a while, or when the credential was revoked. */
  async follow(looker: Looker, signal: AbortSignal): Promise<AsyncGenerator<string, void>> {
    await this.looks.record(looker, { what: 'inbox.follow', outcome: 'shown', details: {} });
    return this.#events(looker, AbortSignal.any([signal, this.#stopping.signal, AbortSignal.timeout(LONGEST_MS)]));
  }

  /** Ends every stream: a server that is closing waits for nobody. */
  stop(): void {
    this.#stopping.abort();
  }

  async *#events({ viewer }: Looker, until: AbortSignal): AsyncGenerator<string, void> {
    const began = Math.floor(Date.now() / 1_000) + 1;
    let mark = '';
    let said: number | undefined;
    yield 'retry: 3000\n\n';
    while (!until.aborted) {
      const beat = AbortSignal.timeout(HEARTBEAT_MS);
      mark = await this.rows.beyond(mark, AbortSignal.any([until, beat]));
      if (until.aborted || this.refusals.refuses('person', viewer.who, began)) return;
      const count = await this.inbox.count(viewer);
      // Also on its beat: what comes due, is acknowledged or escalated moves no row.
      if (count !== said) yield `event: count\ndata: ${count}\n\n`;
      else if (beat.aborted) yield ': still here\n\n';
      said = count;
    }
  }
}
