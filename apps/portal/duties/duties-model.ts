import { dutyName } from '../../../libs/safeguarding/words.js';
import { dutyInWords, listedWords } from './duty-words.js';
import type { DutyFilter, DutyList, OwnedBy, ShownDuty, StateAsked } from './read-duties.query.js';

const owners: Readonly<Record<OwnedBy, string>> = { mine: 'Mine', agency: 'My agency’s', all: 'Everybody’s' };
const states: Readonly<Record<StateAsked, string>> = { open: 'To do', late: 'Late', met: 'Done' };

/** The list in words, by child in the order of its first duty, with its filters as links. */
export function dutiesModel({ at, duties, before, next, teams, kinds }: DutyList, filter: DutyFilter) {
  const link = (change: Partial<Record<keyof DutyFilter, string | undefined>>): string =>
    address({ ...filter, ...change });
  const group = (name: string, id: string, links: readonly { text: string; href: string; active: boolean }[]) => ({
    name,
    id,
    links,
  });
  const some = <Name extends 'kind' | 'team'>(
    name: Name,
    values: readonly string[],
    words: (value: string) => string,
  ) =>
    values.map((value) => {
      const active = filter[name] === value;
      return { text: words(value), active, href: link({ [name]: active ? undefined : value }) };
    });
  const one = <Value extends string>(name: 'of' | 'state', words: Readonly<Record<Value, string>>) =>
    Object.entries<string>(words).map(([value, text]) => ({
      text,
      active: filter[name] === value,
      href: link({ [name]: value }),
    }));
  const children = [...Map.groupBy(duties, ({ child }) => child).values()];
  return {
    heading: `Duties (${listedWords(before, duties.length, next !== undefined)})`,
    first: before === 0,
    // A page says of itself what is late on it.
    part: before > 0 || next !== undefined,
    next: next === undefined ? undefined : `${link({})}&${new URLSearchParams({ cursor: next }).toString()}`,
    start: link({}),
    late: duties.filter(({ state }) => state === 'overdue').length,
    unverified: duties.some(({ duty }) => !duty.verified),
    ofOne: filter.child,
    all: link({ child: undefined }),
    filters: [
      group('Whose', 'by-owner', one('of', owners)),
      group('State', 'by-state', one('state', states)),
      group(
        'Team',
        'by-team',
        some('team', teams, (team) => team),
      ),
      group(
        'Kind',
        'by-kind',
        some('kind', kinds, (kind) => dutyName(kind) ?? kind),
      ),
    ].filter(({ links }) => links.length > 0),
    children: children.map((of) => childWords(of, at)),
  };
}

function childWords(duties: readonly ShownDuty[], at: string) {
  const [first] = duties;
  return {
    id: first?.child,
    name: first?.view.name ?? 'Name not known',
    caseManager: first?.view.caseManager,
    duties: duties.map((one) => dutyInWords(one, one.rule, at)),
  };
}

function address(filter: Partial<Record<keyof DutyFilter, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
  return `/duties?${query.toString()}`;
}
