import type { Agency } from '../kernel/agency.js';
import { rowsFor } from './decide.js';
import type { Viewer } from './terms.js';

/** Who a child must be to someone, for them to be told that the hub knows the child. Enough to build a query from. */
export interface Reach {
  /** Children of whom one of these agencies holds a record. */
  readonly recordsOf: readonly Agency[];
  /** Children whose case is open to the youth offending service: allocated, and not closed. */
  readonly openCases: boolean;
}

export interface ChildInReach {
  /** Sign-in names of those who hold the child's case now. */
  readonly allocatedTo: readonly string[];
  readonly agenciesWithRecords: readonly string[];
}

/**
 * Which children a viewer may know of, for a purpose. That the hub knows a child says that the child is in contact with
 * youth justice or went missing, so another agency is told only of children it has a record of itself.
 */
export function reachOf(viewer: Viewer, purpose: string): Reach {
  const reach = { recordsOf: new Set<Agency>(), openCases: false };
  for (const { agency, role } of rowsFor(viewer, purpose)) {
    if (agency !== 'yos') reach.recordsOf.add(agency);
    // A case manager works with open cases; a closed one is reopened by an allocation, and then is known again.
    else if (role === 'case-manager' || role === 'named-case-manager') reach.openCases = true;
    else reach.recordsOf.add('yos');
    // Every child before a court is the service's to serve (CDA 1998 s.38), before its own case system knows them.
    if (agency === 'yos' && (role === 'team-manager' || role === 'duty-officer' || role === 'head-of-service'))
      reach.recordsOf.add('court');
  }
  return { recordsOf: [...reach.recordsOf], openCases: reach.openCases };
}

/** Not known and not allowed are the same answer: the caller gives 404 for both. */
export function mayKnow(viewer: Viewer, purpose: string, child: ChildInReach): boolean {
  const reach = reachOf(viewer, purpose);
  if (reach.openCases && child.allocatedTo.length > 0) return true;
  return reach.recordsOf.some((agency) => child.agenciesWithRecords.includes(agency));
}
