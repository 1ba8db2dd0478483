import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { decide } from '../../../libs/disclosure/decide.js';
import { reachOf } from '../../../libs/disclosure/reach.js';
import { sightOf } from '../../../libs/disclosure/sight.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';
import { check } from '../../../libs/identity/identifiers.js';
import { queryTokens } from '../../../libs/identity/name-tokens.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { IdentifierKind } from '../../../libs/kernel/fact.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { Looks } from '../looks/looks.js';
import { Cursors } from '../looks/cursors.js';
import { invalid } from '../looks/parameters.js';
import { findChildren, readChildren, readWorkload, type ChildrenWanted, type WorkloadRow } from './child-rows.js';
import { viewsOf, type ChildView } from './child-view.js';
import { ListChildren, type CaseloadOf, type ChildList, type Workload } from './list-children.query.js';

const PAGE = 100;
const LONGEST_QUERY = 200;
const SCOPE = 'children';
const KINDS: readonly IdentifierKind[] = ['nhs', 'pnc', 'asn', 'upn', 'uln', 'noms', 'crn', 'cro'];

@QueryHandler(ListChildren)
export class ListChildrenHandler implements IQueryHandler<ListChildren, ChildList> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    private readonly looks: Looks,
    private readonly cursors: Cursors,
  ) {}

  async execute({ looker, q, cursor, of }: ListChildren): Promise<ChildList> {
    if (q !== undefined && q.length > LONGEST_QUERY) throw invalid('q', `is longer than ${LONGEST_QUERY} characters`);
    const list = q === undefined ? listOf(looker.viewer) : 'found';
    const part = partOf(list, of);
    const scope = `${SCOPE} ${JSON.stringify(part)}`;
    const [after] = cursor === undefined ? [] : this.cursors.read(scope, cursor);
    const ids = list === 'none' ? [] : await findChildren(this.database, this.#wanted(looker, list, part, q, after));
    const page = ids.slice(0, PAGE);
    const last = ids.length > PAGE ? page.at(-1) : undefined;
    const children = await viewsOf(await readChildren(this.database, page), looker, this);
    const workload = list === 'team' && cursor === undefined ? await this.#workload(looker) : undefined;
    await this.looks.record(looker, {
      what: list === 'found' ? 'children.search' : 'children.list',
      outcome: 'shown',
      details: { list, ...part, children: page },
    });
    return {
      list,
      children: children.sort(byName),
      ...(workload ? { workload } : {}),
      ...(last === undefined ? {} : { next: this.cursors.write(scope, [last]) }),
    };
  }

  // Counted by the kind of the entry that says so: one that the looker may not see does not count either.
  async #workload({ viewer, purpose }: ListChildren['looker']): Promise<Workload[]> {
    const rows = await readWorkload(this.database, reachOf(viewer, purpose));
    return workloads(rows.filter(({ entry }) => entry !== null && decide(viewer, purpose, entry) === 'full'));
  }

  #wanted(
    { viewer, purpose }: ListChildren['looker'],
    list: ChildList['list'],
    part: CaseloadOf,
    q: string | undefined,
    after: string | undefined,
  ): ChildrenWanted {
    return {
      reach: reachOf(viewer, purpose),
      ...(list === 'own' ? { workedBy: { worker: viewer.who, as: part.as ?? 'either' } as const } : {}),
      ...(part.worker === undefined ? {} : { workedBy: { worker: part.worker, as: 'either' } as const }),
      ...(part.team === undefined ? {} : { team: part.team }),
      ...(q === undefined ? {} : { search: { ...this.#search(q), sight: sightOf(viewer, purpose) } }),
      ...(after === undefined ? {} : { after }),
      limit: PAGE + 1,
    };
  }

  // What was typed never reaches the database: only its keyed hashes do.
  #search(q: string): Omit<NonNullable<ChildrenWanted['search']>, 'sight'> {
    const identifiers = KINDS.flatMap((kind) => {
      const checked = check(kind, q);
      return checked.valid ? [{ kind, hash: this.keys.hash('identifier', kind, checked.canonical) }] : [];
    });
    return { tokens: queryTokens(q).map((token) => this.keys.hash('name-token', token)), identifiers };
  }
}

// A part is of the list it belongs to: of another, it is as if nobody had asked.
function partOf(list: ChildList['list'], { as, worker, team }: CaseloadOf): CaseloadOf {
  if (list === 'own') return as === undefined ? {} : { as };
  if (list !== 'team') return {};
  return { ...(worker === undefined ? {} : { worker }), ...(team === undefined ? {} : { team }) };
}

function workloads(rows: readonly WorkloadRow[]): Workload[] {
  const of = Map.groupBy(rows, ({ worker, team }) => JSON.stringify([worker, team]));
  const sum = (some: readonly WorkloadRow[]): number => some.reduce((total, { children }) => total + children, 0);
  return [...of.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const all = [first, ...others];
    const { worker, worker_name, team } = first;
    return {
      worker,
      name: worker_name ?? worker,
      ...(team === null ? {} : { team }),
      holds: sum(all.filter(({ covers }) => !covers)),
      covers: sum(all.filter(({ covers }) => covers)),
    };
  });
}

// Without a search, only those whose work a list is: nobody else browses children.
function listOf({ agency, roles }: Viewer): ChildList['list'] {
  if (roles.includes('system')) return 'team';
  if (agency !== 'yos') return 'none';
  if (roles.includes('case-manager')) return 'own';
  return roles.includes('team-manager') ? 'team' : 'none';
}

function byName(a: ChildView, b: ChildView): number {
  return sortKey(a).localeCompare(sortKey(b), 'en-GB') || (a.id < b.id ? -1 : 1);
}

// Children without a name last.
const sortKey = ({ name, familyName }: ChildView): string => (name === undefined ? '￿' : `${familyName ?? ''} ${name}`);
