import { decide } from '../../../libs/disclosure/decide.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { heldFacts } from '../../../libs/platform/reactions/held-facts.js';
import { viewsOf, type ChildView } from '../children/child-view.js';
import { knownChildren, type KnownChild } from '../children/known-child.js';
import type { Looker } from '../looks/looker.js';
import { dutiesInSight, type DutyInSight } from './duties-in-sight.js';
import { readRaised } from './duty-rows.js';
import { EndsInSight } from './ends-in-sight.js';
import { ChildInSight, foldedTypes } from './in-sight.js';

export interface SightParts {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly rules: Rules;
}

/**
 * What one looker may know of children, for as long as one request takes: each child is read once, and folded once, whichever parts of
 * a page ask for it. Every answer is by id, and what they may not know of is in none: it leaves no trace.
 */
export class Sight {
  readonly #known = new Map<string, KnownChild | undefined>();
  readonly #seen = new Map<string, ChildInSight>();
  readonly #duties = new Map<string, readonly DutyInSight[]>();
  readonly #views = new Map<string, ChildView>();
  readonly #ends: EndsInSight;

  /** `at`: RFC 3339, now. `known`: children of whom it has been decided already. */
  constructor(
    readonly parts: SightParts,
    readonly looker: Looker,
    readonly at: string,
    known: readonly KnownChild[] = [],
  ) {
    this.#ends = new EndsInSight(looker.purpose);
    for (const one of known) this.#known.set(one.row.id, one);
  }

  /** Kinds of duties of which the looker is shown their own agency's alone. */
  get ownKinds(): readonly string[] {
    return this.#ends.unseen(this.looker.viewer);
  }

  /** Of these children, those that the looker may know of. */
  async known(ids: readonly string[]): Promise<ReadonlyMap<string, KnownChild>> {
    const fresh = without(ids, this.#known);
    if (fresh.length === 0) return those(ids, this.#known);
    const among = await knownChildren(this.parts.database, this.looker, fresh);
    const found = new Map(among.map((one) => [one.row.id, one]));
    for (const id of fresh) this.#known.set(id, found.get(id));
    return those(ids, this.#known);
  }

  /** The same, each with the facts that they see in full: of what is withheld not even the seal is opened. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, ChildInSight>> {
    const known = await this.known(ids);
    const fresh = without([...known.keys()], this.#seen);
    if (fresh.length > 0) {
      const { purpose } = this.looker;
      const facts = await heldFacts(this.parts, fresh, foldedTypes, (child, kind) => {
        const viewer = known.get(child)?.viewer;
        return viewer !== undefined && decide(viewer, purpose, kind) === 'full';
      });
      for (const id of fresh) {
        const one = known.get(id);
        if (one) this.#seen.set(id, new ChildInSight(one, facts.get(id) ?? [], this.parts.rules, this.at, this.#ends));
      }
    }
    return those(ids, this.#seen);
  }

  /** Every duty of theirs that the looker may know of, met ones too, in the order in which they are listed. */
  async duties(ids: readonly string[]): Promise<ReadonlyMap<string, readonly DutyInSight[]>> {
    const children = await this.of(ids);
    const fresh = without([...children.keys()], this.#duties);
    if (fresh.length > 0) {
      const rows = await readRaised(this.parts.database, { states: ['open', 'overdue', 'met'], children: fresh });
      const found = Map.groupBy(dutiesInSight(rows, children, this.at), ({ child }) => child);
      for (const id of fresh) this.#duties.set(id, found.get(id) ?? []);
    }
    return those(ids, this.#duties);
  }

  /** Events that these duties follow from: whoever is told of one is told that they were. */
  async restingOn(duties: readonly Pick<DutyInSight, 'child' | 'duty'>[]): Promise<string[]> {
    const children = await this.of(duties.map(({ child }) => child));
    const events = duties.flatMap(({ child, duty }) =>
      (children.get(child)?.facts ?? []).flatMap(({ fact, event }) => (duty.causes.includes(fact) ? [event] : [])),
    );
    return [...new Set(events)];
  }

  /** What they are called, as far as the looker may know it. */
  async views(ids: readonly string[]): Promise<ReadonlyMap<string, ChildView>> {
    const known = await this.known(ids);
    const fresh = without([...known.keys()], this.#views).flatMap((id) => known.get(id)?.row ?? []);
    if (fresh.length > 0) {
      for (const view of await viewsOf(fresh, this.looker, this.parts)) this.#views.set(view.id, view);
    }
    return those(ids, this.#views);
  }
}

const without = (ids: readonly string[], read: ReadonlyMap<string, unknown>): string[] =>
  [...new Set(ids)].filter((id) => !read.has(id));

function those<One>(ids: readonly string[], all: ReadonlyMap<string, One | undefined>): ReadonlyMap<string, One> {
  const some = new Map<string, One>();
  for (const id of ids) {
    const one = all.get(id);
    if (one !== undefined) some.set(id, one);
  }
  return some;
}
