import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
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
import { findChildren, readChildren, type ChildrenWanted } from './child-rows.js';
import { viewsOf, type ChildView } from './child-view.js';
import { ListChildren, type ChildList } from './list-children.query.js';

const PAGE = 100;
const LONGEST_QUERY = 200;
const SCOPE = 'children';
const KINDS: readonly IdentifierKind[] = ['nhs', 'pnc', 'upn', 'uln', 'noms', 'crn', 'cro'];

@QueryHandler(ListChildren)
export class ListChildrenHandler implements IQueryHandler<ListChildren, ChildList> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    private readonly looks: Looks,
    private readonly cursors: Cursors,
  ) {}

  async execute({ looker, q, cursor }: ListChildren): Promise<ChildList> {
    if (q !== undefined && q.length > LONGEST_QUERY) throw invalid('q', `is longer than ${LONGEST_QUERY} characters`);
    const [after] = cursor === undefined ? [] : this.cursors.read(SCOPE, cursor);
    const list = q === undefined ? listOf(looker.viewer) : 'found';
    const ids = list === 'none' ? [] : await findChildren(this.database, this.#wanted(looker, list, q, after));
    const page = ids.slice(0, PAGE);
    const last = ids.length > PAGE ? page.at(-1) : undefined;
    const children = await viewsOf(await readChildren(this.database, page), looker, this);
    await this.looks.record(looker, {
      what: list === 'found' ? 'children.search' : 'children.list',
      outcome: 'shown',
      details: { list, children: page },
    });
    return {
      list,
      children: children.sort(byName),
      ...(last === undefined ? {} : { next: this.cursors.write(SCOPE, [last]) }),
    };
  }

  #wanted(
    { viewer, purpose }: ListChildren['looker'],
    list: ChildList['list'],
    q: string | undefined,
    after: string | undefined,
  ): ChildrenWanted {
    return {
      reach: reachOf(viewer, purpose),
      ...(list === 'own' ? { heldBy: viewer.who } : {}),
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
