import type { Recipient } from '../kernel/capability.js';
import type { Standing } from './standing.fold.js';

/** Children's social care of an authority; of the one that the hub serves where nobody has said which. */
export function socialCare(authority: string): Recipient {
  return { agency: 'social-care', role: 'social-worker', purpose: 'safeguarding', ...placed(authority) };
}

/** Whoever holds return home interviews for an authority: independent of care and of supervision. */
export function interviewer(authority: string): Recipient {
  return { agency: 'social-care', role: 'return-interviewer', purpose: 'return-interview', ...placed(authority) };
}

export function police(force: string): Recipient {
  return { agency: 'police', role: 'officer', purpose: 'safeguarding', ...placed(force) };
}

/** Whoever holds the case, or covers it. */
export const caseManager: Recipient = { agency: 'yos', role: 'named-case-manager', purpose: 'case-management' };

export const dutyOfficer: Recipient = { agency: 'yos', role: 'duty-officer', purpose: 'duty' };

export const teamManager: Recipient = { agency: 'yos', role: 'team-manager', purpose: 'supervision-of-staff' };

/** A recipient and, where nobody knows yet who the child is, that it may be theirs. */
export interface Addressed {
  readonly to: Recipient;
  readonly possible?: true;
}

/**
 * Who at the service is told of a child: whoever holds the case; of a child nobody has identified, the duty officer and whoever holds
 * a case that it may be, its own first: a number that somebody else's record claims too puts in doubt whose it is, and silences
 * nothing; of one that is nobody's case, nobody.
 */
export function service({ child, open }: Standing): readonly Addressed[] {
  if (!child.provisional) return open ? [{ to: caseManager }] : [];
  return [
    { to: dutyOfficer, possible: true },
    ...(open ? [{ to: caseManager, possible: true as const }] : []),
    ...child.possible.map((holderOf) => ({ to: { ...caseManager, holderOf }, possible: true as const })),
  ];
}

function placed(place: string): { readonly place?: string } {
  return place === '' ? {} : { place };
}
