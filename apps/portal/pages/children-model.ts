import { dayInWords } from '../../../libs/kernel/london.js';
import type { ChildView } from '../children/child-view.js';
import type { ChildList } from '../children/list-children.query.js';

export function childrenModel({ list, children, next }: ChildList, q = '') {
  return {
    title: titles[list],
    heading:
      list === 'own' || list === 'found'
        ? `${titles[list]} (${children.length}${next === undefined ? '' : ' so far'})`
        : titles[list],
    list,
    q,
    children: children.map(childWords),
    next,
  };
}

const titles: Readonly<Record<ChildList['list'], string>> = {
  own: 'My caseload',
  team: 'Children the service knows',
  found: 'Children found',
  none: 'Find a child',
};

/** A child's particulars in words; what no system has sent says so. */
export function childWords(child: ChildView) {
  const { id, name, birthDate, age, daysTo18, provisional, caseManager, team } = child;
  return {
    id,
    name: name ?? 'Name not known',
    born: birthDate === undefined ? undefined : dayInWords(birthDate),
    age: age === undefined ? 'Not sent by any system yet' : `${age}`,
    to18: to18(age, daysTo18),
    soon18: daysTo18 !== undefined && daysTo18 <= 183,
    provisional,
    caseManager: caseManager ?? 'Nobody, as far as the hub knows',
    team,
  };
}

function to18(age: number | undefined, days: number | undefined): string {
  if (age === undefined) return 'Not known: no birth date yet';
  if (days === undefined) return 'Is 18';
  return days === 1 ? '1 day' : `${days} days`;
}
