import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { DutyState } from '../../../libs/duties/outputs.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { viewsOf, type ChildView } from '../children/child-view.js';
import { Looks } from '../looks/looks.js';
import { dutiesInSight, type DutyInSight } from './duties-in-sight.js';
import { readRaised } from './duty-rows.js';
import { childrenInSight, type ChildInSight } from './in-sight.js';
import { ReadDuties, type DutyFilter, type DutyList, type ShownDuty, type StateAsked } from './read-duties.query.js';
import { RULES } from './rules.token.js';

/** So many raised duties are looked at for a page; whoever has more chooses by a filter. */
const MOST = 1_000;
const WHAT = 'duties.read';

const states: Readonly<Record<StateAsked, readonly DutyState[]>> = {
  open: ['open', 'overdue'],
  late: ['overdue'],
  met: ['met'],
};

@QueryHandler(ReadDuties)
export class ReadDutiesHandler implements IQueryHandler<ReadDuties, DutyList> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(RULES) private readonly rules: Rules,
    private readonly looks: Looks,
  ) {}

  async execute({ looker, filter }: ReadDuties): Promise<DutyList> {
    const at = new Date(this.clock.now()).toISOString();
    const rows = await readRaised(this.database, {
      states: states[filter.state],
      ...(filter.child === undefined ? {} : { children: [filter.child] }),
      ...(filter.of === 'all' ? {} : { agency: looker.viewer.agency }),
      limit: MOST + 1,
    });
    const ids = [
      ...new Set([...rows.map(({ record }) => record), ...(filter.child === undefined ? [] : [filter.child])]),
    ];
    const children = await childrenInSight(this, looker, ids);
    if (filter.child !== undefined && !children.has(filter.child)) {
      await this.looks.record(looker, { what: WHAT, child: filter.child, outcome: 'not-found', details: {} });
      throw notFound();
    }
    const found = dutiesInSight(rows.slice(0, MOST), children, this.rules, at);
    const { agency } = looker.viewer;
    const owned = found.filter(
      ({ mine, state, duty: { owner } }) =>
        (filter.of === 'all' || owner.agency === agency) && (filter.of !== 'mine' || mine) && fits(state, filter.state),
    );
    const listed = await this.#shown(owned, children, looker);
    const duties = listed.filter((one) => chosen(one, filter)).toSorted(lateFirst);
    await this.looks.record(looker, {
      what: WHAT,
      ...(filter.child === undefined ? {} : { child: filter.child }),
      outcome: 'shown',
      details: { filter, duties: duties.length, children: [...new Set(duties.map(({ child }) => child))] },
      shown: restingOn(duties, children),
    });
    return {
      at,
      duties,
      more: rows.length > MOST,
      teams: [...new Set(listed.flatMap(({ view }) => view.team ?? []))].sort(),
      kinds: [...new Set(listed.map(({ duty }) => duty.kind))].sort(),
    };
  }

  async #shown(
    duties: readonly DutyInSight[],
    children: ReadonlyMap<string, ChildInSight>,
    looker: ReadDuties['looker'],
  ): Promise<ShownDuty[]> {
    const rows = [...new Set(duties.map(({ child }) => child))].flatMap((id) => children.get(id)?.known.row ?? []);
    const views = new Map((await viewsOf(rows, looker, this)).map((view): [string, ChildView] => [view.id, view]));
    return duties.flatMap((one): ShownDuty[] => {
      const view = views.get(one.child);
      const { rule, since, owner } = one.duty;
      return view ? [{ ...one, view, rule: this.rules.rule(rule, since, owner.place) }] : [];
    });
  }
}

// A limit may have run out since the hub last said so.
function fits(state: DutyInSight['state'], asked: StateAsked): boolean {
  return asked === 'met' ? state === 'met' : asked === 'late' ? state === 'overdue' : state !== 'met';
}

function chosen({ duty, view }: ShownDuty, { kind, team }: DutyFilter): boolean {
  return (kind === undefined || duty.kind === kind) && (team === undefined || view.team === team);
}

function lateFirst(one: ShownDuty, other: ShownDuty): number {
  return Number(other.state === 'overdue') - Number(one.state === 'overdue') || dueOf(one) - dueOf(other);
}

const dueOf = ({ duty }: ShownDuty): number => (duty.due === undefined ? Infinity : Date.parse(duty.due));

/** Ids of the events that duties follow from: a duty says that they were. */
function restingOn(
  duties: readonly { readonly child: string; readonly duty: { readonly causes: readonly string[] } }[],
  children: ReadonlyMap<string, ChildInSight>,
): string[] {
  const events = duties.flatMap(({ child, duty }) =>
    (children.get(child)?.facts ?? []).flatMap(({ fact, event }) => (duty.causes.includes(fact) ? [event] : [])),
  );
  return [...new Set(events)];
}
