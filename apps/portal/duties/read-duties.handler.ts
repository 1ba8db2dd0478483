import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { DutyState } from '../../../libs/duties/outputs.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { ruleOf } from '../../../libs/kernel/limits.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { Cursors } from '../looks/cursors.js';
import { Looks } from '../looks/looks.js';
import type { DutyInSight } from './duties-in-sight.js';
import { listDuties } from './list-duties.js';
import { ownOf } from './list-today.js';
import { ReadDuties, type DutyFilter, type DutyList, type ShownDuty, type StateAsked } from './read-duties.query.js';
import { RULES } from './rules.token.js';
import { Sight } from './sight.js';

const PAGE = 100;
const WHAT = 'duties.read';

const states: Readonly<Record<StateAsked, readonly DutyState[]>> = {
  // What the hub has not yet said to be late may be.
  open: ['open', 'overdue'],
  late: ['open', 'overdue'],
  met: ['met'],
};

@QueryHandler(ReadDuties)
export class ReadDutiesHandler implements IQueryHandler<ReadDuties, DutyList> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(RULES) readonly rules: Rules,
    private readonly looks: Looks,
    private readonly cursors: Cursors,
  ) {}

  async execute({ looker, filter, cursor }: ReadDuties): Promise<DutyList> {
    const sight = new Sight(this, looker, new Date(this.clock.now()).toISOString());
    const scope = `duties ${JSON.stringify(filter)}`;
    const [at, key, count = '0'] = cursor === undefined ? [] : this.cursors.read(scope, cursor);
    if (filter.child !== undefined && !(await sight.known([filter.child])).has(filter.child)) {
      await this.looks.record(looker, { what: WHAT, child: filter.child, outcome: 'not-found', details: {} });
      throw notFound();
    }
    const after = at !== undefined && key !== undefined ? { after: { at, key } } : {};
    const found = await listDuties(sight, { ...(await this.#wanted(sight, filter)), ...after }, PAGE, (one) =>
      fits(one, filter, looker.viewer.agency),
    );
    const duties = (await this.#shown(sight, found.duties)).toSorted(filter.state === 'met' ? () => 0 : lateFirst);
    await this.looks.record(looker, {
      what: WHAT,
      ...(filter.child === undefined ? {} : { child: filter.child }),
      outcome: 'shown',
      details: { filter, duties: duties.length, children: [...new Set(duties.map(({ child }) => child))] },
      shown: await sight.restingOn(duties),
    });
    const before = Number(count);
    const { next } = found;
    return {
      at: sight.at,
      duties,
      before,
      ...(next ? { next: this.cursors.write(scope, [next.at, next.key, String(before + duties.length)]) } : {}),
      teams: namesOf(filter.team, duties, ({ view }) => view.team),
      kinds: namesOf(filter.kind, duties, ({ duty }) => duty.kind),
    };
  }

  async #wanted(sight: Sight, { of, state, kind, team, child }: DutyFilter) {
    return {
      states: states[state],
      unlimited: 'infinity',
      ...(of === 'all' ? {} : { agency: sight.looker.viewer.agency }),
      ...(of === 'mine' ? { own: await ownOf(sight) } : {}),
      ...(state === 'late' ? { dueBefore: sight.at } : {}),
      ...(kind === undefined ? {} : { kinds: [kind] }),
      ...(team === undefined ? {} : { team }),
      ...(child === undefined ? {} : { child }),
    };
  }

  async #shown(sight: Sight, duties: readonly DutyInSight[]): Promise<ShownDuty[]> {
    const views = await sight.views(duties.map(({ child }) => child));
    return duties.flatMap((one): ShownDuty[] => {
      const view = views.get(one.child);
      return view ? [{ ...one, view, rule: ruleOf(one.duty, this.rules) }] : [];
    });
  }
}

// A limit may have run out since the hub last said so, and what was raised of one owner may be another's for this reader.
function fits({ duty, mine, state }: DutyInSight, asked: DutyFilter, agency: string): boolean {
  if (asked.of !== 'all' && duty.owner.agency !== agency) return false;
  if (asked.of === 'mine' && !mine) return false;
  return asked.state === 'met' ? state === 'met' : asked.state === 'late' ? state === 'overdue' : state !== 'met';
}

/** What a filter offers: what stands on the page, and what it was asked for. */
function namesOf(
  asked: string | undefined,
  duties: readonly ShownDuty[],
  name: (duty: ShownDuty) => string | undefined,
): string[] {
  return [...new Set([asked, ...duties.map(name)])].filter((one) => one !== undefined).sort();
}

function lateFirst(one: ShownDuty, other: ShownDuty): number {
  return Number(other.state === 'overdue') - Number(one.state === 'overdue') || dueOf(one) - dueOf(other);
}

const dueOf = ({ duty }: ShownDuty): number => (duty.due === undefined ? Infinity : Date.parse(duty.due));
