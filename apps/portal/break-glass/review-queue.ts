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
  /** False for one that only the auditor is told of: neither the child nor the reason, which may name it. */
  readonly known: boolean;
  readonly childName?: string;
  /** Nobody has reviewed it in the time there is for it. */
  readonly late: boolean;
  /** Broken by the looker: somebody else reviews it. */
  readonly own: boolean;
}

type Parts = { readonly database: Database; readonly keys: KeyStore; readonly clock: Clock };

/**
 * Break-glasses as whoever oversees may read them: of children whom they may know. Who audits is told of the others too,
 * or one that another agency's worker broke, or of a child since erased, would be nobody's to review.
 */
export async function reviewable(
  parts: Parts,
  looker: Looker,
  items: readonly BreakGlass[],
  days: number,
): Promise<ToReview[]> {
  const { database, clock } = parts;
  const ids = await knownAmong(database, looker, [...new Set(items.map(({ child }) => child))]);
  const views = await viewsOf(await readChildren(database, ids), looker, parts);
  const names = new Map(views.map(({ id, name }) => [id, name]));
  const { who, agency } = looker.viewer;
  return items.flatMap(({ reason, ...item }) => {
    const known = ids.includes(item.child);
    if (!known && looker.purpose !== 'audit') return [];
    const childName = names.get(item.child);
    return {
      ...item,
      known,
      ...(known && reason !== undefined ? { reason } : {}),
      ...(childName === undefined ? {} : { childName }),
      late: item.review === undefined && clock.now() - Date.parse(item.beganAt) > days * DAY_MS,
      own: item.who === who && item.agency === agency,
    };
  });
}

/** The break-glasses to review, read and decided. */
export class ReviewQueue {
  constructor(
    private readonly parts: Parts,
    private readonly looks: Looks,
    private readonly days: number,
  ) {}

  /** Unreviewed first, the oldest on top. */
  async read(looker: Looker): Promise<ToReview[]> {
    const items = await this.#reviewable(looker, await readBreakGlasses(this.parts.database, this.parts.keys));
    const details = { items: items.map(({ id }) => id) };
    await this.looks.record(looker, { what: 'break-glass.queue', outcome: 'shown', details });
    return items;
  }

  /** Throws 404 when it is not theirs to see, 400 when it is their own or has been reviewed. */
  async review(looker: Looker, id: string, verdict: Verdict, comment: string): Promise<void> {
    const found = await readBreakGlass(this.parts.database, this.parts.keys, id);
    const [item] = found ? await this.#reviewable(looker, [found]) : [];
    if (!item) throw notFound();
    if (item.own) throw badRequest('own-break-glass', 'Somebody else reviews this: it is your own.', 'verdict');
    const details = { grant: id, verdict };
    await this.looks.record(looker, { what: 'break-glass.review', child: item.child, outcome: 'done', details });
    const by = looker.viewer;
    if (!(await reviewBreakGlass(this.parts.database, this.parts.keys, id, { by, verdict, comment })))
      throw badRequest('reviewed-already', 'Somebody has reviewed this meanwhile. Their review stands.', 'verdict');
  }

  async #reviewable(looker: Looker, items: readonly BreakGlass[]): Promise<ToReview[]> {
    return reviewable(this.parts, looker, items, this.days);
  }
}
