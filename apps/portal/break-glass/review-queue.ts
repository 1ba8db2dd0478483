import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import {
  readBreakGlass,
  readBreakGlasses,
  reviewBreakGlass,
  type BreakGlass,
  type Verdict,
} from '../../../libs/platform/break-glass/reviews.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { badRequest, notFound } from '../../../libs/platform/problems/problem.js';
import { readChildren } from '../children/child-rows.js';
import { viewsOf } from '../children/child-view.js';
import { knownAmong } from '../children/known-child.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';

const DAY_MS = 24 * 60 * 60_000;

export interface ToReview extends BreakGlass {
  readonly childName?: string;
  /** Nobody has reviewed it in the time there is for it. */
  readonly late: boolean;
  /** Broken by the looker: somebody else reviews it. */
  readonly own: boolean;
}

/** Break-glasses for those who oversee: of children whom they may know, and no others. */
export class ReviewQueue {
  constructor(
    private readonly parts: { readonly database: Database; readonly keys: KeyStore; readonly clock: Clock },
    private readonly looks: Looks,
    private readonly days: number,
  ) {}

  /** Unreviewed first, the oldest on top. */
  async read(looker: Looker): Promise<ToReview[]> {
    const items = await this.#known(looker, await readBreakGlasses(this.parts.database, this.parts.keys));
    const details = { items: items.map(({ id }) => id) };
    await this.looks.record(looker, { what: 'break-glass.queue', outcome: 'shown', details });
    return items;
  }

  /** Throws 404 when it is not theirs to see, 400 when it is their own or has been reviewed. */
  async review(looker: Looker, id: string, verdict: Verdict, comment: string): Promise<void> {
    const found = await readBreakGlass(this.parts.database, this.parts.keys, id);
    const [item] = found ? await this.#known(looker, [found]) : [];
    if (!item) throw notFound();
    if (item.own) throw badRequest('own-break-glass', 'Somebody else reviews this: it is your own.', 'verdict');
    const details = { grant: id, verdict };
    await this.looks.record(looker, { what: 'break-glass.review', child: item.child, outcome: 'done', details });
    const by = looker.viewer;
    if (!(await reviewBreakGlass(this.parts.database, this.parts.keys, id, { by, verdict, comment })))
      throw badRequest('reviewed-already', 'Somebody has reviewed this meanwhile. Their review stands.', 'verdict');
  }

  async #known(looker: Looker, items: readonly BreakGlass[]): Promise<ToReview[]> {
    const { database, clock } = this.parts;
    const ids = await knownAmong(database, looker, [...new Set(items.map(({ child }) => child))]);
    const views = await viewsOf(await readChildren(database, ids), looker, this.parts);
    const names = new Map(views.map(({ id, name }) => [id, name]));
    const { who, agency } = looker.viewer;
    return items
      .filter(({ child }) => ids.includes(child))
      .map((item) => {
        const childName = names.get(item.child);
        return {
          ...item,
          ...(childName === undefined ? {} : { childName }),
          late: item.review === undefined && clock.now() - Date.parse(item.beganAt) > this.days * DAY_MS,
          own: item.who === who && item.agency === agency,
        };
      });
  }
}
