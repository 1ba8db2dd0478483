import { mayBreakGlass } from '../../../libs/disclosure/decide.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { endGrant, liveGrant, openGrant, type LiveGrant } from '../../../libs/platform/break-glass/grants.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { forbidden, notFound } from '../../../libs/platform/problems/problem.js';
import { viewsOf, type ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import { sighted } from '../timeline/child-entries.js';

interface Asking {
  readonly child: ChildView;
  readonly minutes: number;
  readonly live?: LiveGrant;
}

/** Opening what is withheld of a child, in an emergency: for people, from the portal's pages alone. */
export class BreakGlasses {
  constructor(
    private readonly parts: { readonly database: Database; readonly keys: KeyStore; readonly clock: Clock },
    private readonly looks: Looks,
    private readonly minutes: number,
  ) {}

  /** The looker as they stand towards this child: in an emergency, while a grant of theirs for it is live. */
  async towards(looker: Looker, child: string): Promise<{ looker: Looker; live?: LiveGrant }> {
    const { viewer, purpose } = looker;
    if (purpose === 'emergency' || !mayBreakGlass(viewer)) return { looker };
    const live = await liveGrant(this.parts.database, viewer, child);
    return live
      ? { looker: { ...looker, viewer: { ...viewer, emergency: purpose }, purpose: 'emergency' }, live }
      : { looker };
  }

  /** Whether there is something to open. Throws 403 where the role opens nothing, 404 where nothing is withheld. */
  async ask(looker: Looker, id: string): Promise<Asking> {
    const asking = await this.#asking(looker, id);
    const outcome = asking ? 'shown' : 'not-found';
    await this.looks.record(looker, { what: 'break-glass.ask', child: id, outcome, details: {} });
    if (!asking) throw notFound();
    return asking;
  }

  /** Written down before anything opens; asked for again, what is open stays as it is. Throws like `ask`. */
  async open(looker: Looker, id: string, reason: string): Promise<void> {
    const { minutes, live } = await this.ask(looker, id);
    if (live) return;
    const { who, agency, roles } = looker.viewer;
    await this.looks.record(
      { ...looker, purpose: 'emergency' },
      { what: 'break-glass.open', child: id, outcome: 'done', details: { from: looker.purpose, minutes } },
    );
    const asked = { child: id, who, agency, roles, purpose: looker.purpose, reason, minutes };
    if (!(await openGrant(this.parts.database, this.parts.keys, asked))) throw notFound();
  }

  /** Where nothing is open, nothing ends, and the audit says nothing of it. */
  async end(looker: Looker, id: string): Promise<void> {
    if (!(await liveGrant(this.parts.database, looker.viewer, id))) return;
    await this.looks.record(
      { ...looker, purpose: 'emergency' },
      { what: 'break-glass.end', child: id, outcome: 'done', details: {} },
    );
    await endGrant(this.parts.database, looker.viewer, id);
  }

  async #asking(looker: Looker, id: string): Promise<Asking | undefined> {
    if (!mayBreakGlass(looker.viewer)) throw forbidden('not-for-role', 'Your role does not open this page.');
    const seen = await sighted(this.parts.database, looker, id);
    if (!seen || seen.withheld.length === 0) return undefined;
    const [child] = await viewsOf([seen.known.row], looker, this.parts);
    const live = await liveGrant(this.parts.database, looker.viewer, id);
    return child && { child, minutes: this.minutes, ...(live ? { live } : {}) };
  }
}
