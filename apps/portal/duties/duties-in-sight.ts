import type { Duty, Recipient } from '../../../libs/kernel/capability.js';
import type { ChildInSight } from './in-sight.js';
import type { RaisedRow } from './duty-rows.js';

/** A duty as a looker may know of it: raised by the hub, and following from the facts that they see. */
export interface DutyInSight {
  readonly id: string;
  readonly child: string;
  readonly capability: string;
  readonly duty: Duty;
  readonly state: 'open' | 'overdue' | 'met';
  /** The looker's own to do: for their agency and role, or as whoever holds or covers the case. */
  readonly mine: boolean;
}

/**
 * The duties among these that a looker may know of, in the order of the rows: their own agency's, and of others' those of which they
 * see whatever can end them, so that none is gone for a reason that they may not know. What is said of each (since when, until when,
 * who, whether it is met) follows from the facts that the looker sees, never from the row: one that rests on what is withheld is not
 * shown, and one that something hidden has joined is shown as it was before.
 */
export function dutiesInSight(
  rows: readonly RaisedRow[],
  children: ReadonlyMap<string, ChildInSight>,
  at: string,
): DutyInSight[] {
  const shown = new Set<Duty>();
  return rows.flatMap((row): DutyInSight[] => {
    const seen = children.get(row.record);
    if (!seen) return [];
    const owns = row.owner_agency === seen.known.viewer.agency;
    if (!owns && !seen.seesEndOf(row.capability, row.kind)) return [];
    const causes = row.causes.split(' ');
    const follow = seen
      .derived(row.capability)
      .duties.filter(
        (one) => !shown.has(one) && one.kind === row.kind && one.causes.some((cause) => causes.includes(cause)),
      );
    // Two may be owed for one cause, each by another; of one that is raised for somebody unseen, the looker's own reading stands.
    const duty = follow.find(({ owner }) => isOwner(owner, row)) ?? follow[0];
    // Met by something marked as withheld: nothing is said of it, rather than that it is late.
    if (!duty || (row.state === 'met') !== (duty.met !== undefined)) return [];
    shown.add(duty);
    const late = duty.due !== undefined && Date.parse(duty.due) <= Date.parse(at);
    const state = duty.met ? 'met' : late ? 'overdue' : 'open';
    return [{ id: row.key, child: row.record, capability: row.capability, duty, state, mine: isMine(duty, seen) }];
  });
}

function isOwner(owner: Recipient, row: RaisedRow): boolean {
  const { agency, role, place = '' } = owner;
  return agency === row.owner_agency && role === row.owner_role && place === row.owner_place;
}

function isMine({ owner }: Duty, { known: { viewer } }: ChildInSight): boolean {
  if (owner.agency !== viewer.agency) return false;
  // Of an area of their own, what is that area's is theirs, as with notices.
  if (viewer.area !== undefined && viewer.area !== (owner.place ?? '')) return false;
  if (owner.role === 'named-case-manager') return viewer.holdsCase === true;
  return viewer.roles.includes(owner.role) || (owner.role === 'social-worker' && isInterviewer(viewer.roles));
}

// Interviews are offered by an authority's social worker or by whoever interviews for it.
const isInterviewer = (roles: readonly string[]): boolean => roles.includes('return-interviewer');
