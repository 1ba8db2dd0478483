import { reachOf } from '../../../libs/disclosure/reach.js';
import { findChildren } from '../children/child-rows.js';
import type { DutyInSight } from './duties-in-sight.js';
import { recordsOfDuties } from './duty-rows.js';
import { listDuties } from './list-duties.js';
import type { Own, PageOfRaised } from './raised-page.js';
import type { Sight } from './sight.js';

/** So many duties a section of Today lists, besides those that have to stand there anyway. */
export const LISTED = 50;
const CASELOAD = 500;

/** What a reader's sheet lists in any case and what it lists first. */
export interface Sheet {
  /** Duties that the reader has taken, or that were cleared today, or that they have just asked about: ids. */
  readonly kept: readonly string[];
  readonly own: Own;
}

/** Whose duties are the reader's own, as `isMine` says of each. */
export async function ownOf({ parts: { database }, looker: { viewer, purpose } }: Sight): Promise<Own> {
  const { agency, roles, area, who } = viewer;
  const worksCases = agency === 'yos' && roles.includes('case-manager');
  const workedBy = { worker: who, as: 'either' } as const;
  return {
    children: worksCases
      ? await findChildren(database, { reach: reachOf(viewer, purpose), workedBy, limit: CASELOAD })
      : [],
    agency,
    roles: roles.includes('return-interviewer') ? [...roles, 'social-worker'] : roles,
    ...(area === undefined ? {} : { area }),
  };
}

/**
 * What Today lists of some duties: what is late first, of that the reader's own, then what is due soonest. `more`: that they would see
 * others too.
 */
export async function listToday(
  sight: Sight,
  wanted: Omit<PageOfRaised, 'reach' | 'ownKinds' | 'limit' | 'own' | 'without' | 'after'>,
  { kept, own }: Sheet,
  fits: (duty: DutyInSight) => boolean,
): Promise<{ readonly duties: readonly DutyInSight[]; readonly more: boolean }> {
  const without = kept;
  const first = await listDuties(sight, { ...wanted, without, own }, LISTED, fits);
  const any = await listDuties(sight, { ...wanted, without }, LISTED, fits);
  const known = await sight.known([...first.duties, ...any.duties].map(({ child }) => child));
  const rank = ({ child, state, mine }: DutyInSight): number =>
    (state === 'overdue' ? 2 : 0) + (mine || known.get(child)?.viewer.holdsCase === true ? 1 : 0);
  const limitOf = ({ duty }: DutyInSight): number => Date.parse(duty.due ?? wanted.unlimited);
  const listed = [...new Map([...first.duties, ...any.duties].map((one) => [one.id, one])).values()]
    .toSorted((one, other) => rank(other) - rank(one) || orderOf(limitOf(one), limitOf(other)))
    .slice(0, LISTED);
  const records = await recordsOfDuties(sight.parts.database, kept);
  const duties = await sight.duties([...records.values()]);
  const besides = kept.flatMap(
    (id) => duties.get(records.get(id) ?? '')?.find((one) => one.id === id && fits(one)) ?? [],
  );
  return { duties: [...besides, ...listed], more: any.next !== undefined };
}

// `infinity` is no instant: what has no limit comes last, in no order of its own.
function orderOf(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one - other;
}
