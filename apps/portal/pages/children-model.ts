import { dayInWords, instantInWords } from '../../../libs/kernel/london.js';
import type { ChildView } from '../children/child-view.js';
import type { CaseloadOf, ChildList, Workload } from '../children/list-children.query.js';

export function childrenModel({ list, children, next, workload }: ChildList, q = '', of: CaseloadOf = {}) {
  return {
    title: titles[list],
    of,
    parts: list === 'own' ? ownParts.map((part) => ({ ...part, here: of.as === part.as })) : [],
    workload: workload ? workload.map((one) => workloadWords(one, of)) : undefined,
    here: hereWords(of, workload),
    more: moreAddress(of, next),
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

const ownParts = [
  { as: undefined, href: '/children', text: 'All I act for' },
  { as: 'holder', href: '/children?as=holder', text: 'Mine' },
  { as: 'cover', href: '/children?as=cover', text: 'Those I cover now' },
] as const;

function workloadWords({ worker, name, team, holds, covers }: Workload, of: CaseloadOf) {
  return {
    name,
    href: `/children?${new URLSearchParams({ worker }).toString()}`,
    here: of.worker === worker,
    team,
    teamHref: team === undefined ? undefined : `/children?${new URLSearchParams({ team }).toString()}`,
    holds,
    covers,
  };
}

function hereWords({ worker, team }: CaseloadOf, workload: ChildList['workload']): string | undefined {
  if (worker !== undefined) return workload?.find((one) => one.worker === worker)?.name ?? 'This worker';
  return team;
}

function moreAddress(of: CaseloadOf, cursor: string | undefined): string | undefined {
  return cursor === undefined ? undefined : `/children?${new URLSearchParams({ ...of, cursor }).toString()}`;
}

const titles: Readonly<Record<ChildList['list'], string>> = {
  own: 'My caseload',
  team: 'Children the service knows',
  found: 'Children found',
  none: 'Find a child',
};

/** A child's particulars in words; what no system has sent says so. */
export function childWords(child: ChildView) {
  const { id, name, birthDate, age, daysTo18, provisional, caseManager, team, cover, coverUntil } = child;
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
    cover,
    coverUntil: coverUntil === undefined ? undefined : instantInWords(coverUntil),
  };
}

function to18(age: number | undefined, days: number | undefined): string {
  if (age === undefined) return 'Not known: no birth date yet';
  if (days === undefined) return 'Is 18';
  return days === 1 ? '1 day' : `${days} days`;
}
