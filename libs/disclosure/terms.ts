import { agencies, type Agency } from '../kernel/agency.js';

/** What an event is about, as far as disclosure is concerned. `proto/` declares one for each type. */
export const categories = {
  missing: 'Missing episodes',
  'return-interview': 'Return home interviews',
  exploitation: 'Exploitation: indicators, strategy discussions, national referral mechanism, MOG and COG',
  offending: 'Arrests, charges, disposals',
  court: 'Hearings and results',
  probation: 'Probation',
  'case-management': 'Youth offending service case work',
  custody: 'Detention, remand, custody and release',
  education: 'Education',
  'ehc-plan': 'Content of an EHC plan',
  'social-care': 'Social care',
  'health-involvement': 'That a health service is involved',
  'health-vital': 'What keeps a child alive: self-harm, medication, allergy',
  'health-detail': 'Health detail',
  victim: 'Victims',
  intelligence: 'Police intelligence',
} as const;

export type Category = keyof typeof categories;

/**
 * Handling that travels with an event (G7, G9). An event may carry several, separated by spaces; one that is not listed
 * here is treated as the strictest.
 */
export const handlings = {
  'professional-only': 'For professionals: not through a machine that a child or family may read',
  'existence-discloses': 'That it exists gives it away: shown in full or not at all',
  'conditions-apply': 'Ask the publisher before use: others see only that there is something',
  'originator-only': 'Not beyond the agency that published it',
} as const;

export type Handling = keyof typeof handlings;

/** Why somebody looks. Each look has one, it is written to the audit, and it decides what is shown. */
export const purposes = {
  'case-management': 'Managing the case of a child one works with',
  safeguarding: 'Protecting a child from harm',
  'return-interview': 'Arranging an independent return home interview',
  'court-preparation': 'Preparing a report or a hearing',
  transition: 'Preparing or receiving a transfer to adult services',
  'supervision-of-staff': 'Overseeing the work of one’s team',
  duty: 'Acting today for a child whoever holds the case',
  'learning-review': 'Reviewing what was known and done, after the fact',
  audit: 'Checking who saw what, and why',
  emergency: 'Opening what is withheld, to protect a child in an emergency',
  'publishing-partner': 'Checking what one’s own agency published',
  operation: 'Mending what could not be recorded, of which no child is known',
} as const;

export type Purpose = keyof typeof purposes;

/** What somebody may state, or a page be opened for: an emergency is asked for, child by child. */
export type StatedPurpose = Exclude<Purpose, 'emergency'>;

/** `named-case-manager` is never granted by sign-in: it is the case manager who holds this child's case (`forChild`). */
export const roles = [
  'case-manager',
  'named-case-manager',
  'team-manager',
  'duty-officer',
  'head-of-service',
  'auditor',
  'officer',
  'social-worker',
  'return-interviewer',
  'lead',
  'integration',
  'operator',
  'system',
] as const;

export type Role = (typeof roles)[number];

/** `full`: shown. `flag`: that there is something, of which agency and why it is withheld. `hidden`: no trace at all. */
export type Level = 'full' | 'flag' | 'hidden';

/** Who looks. Roles and agency are what sign-in says; anything it says that is not in the policy grants nothing. */
export interface Viewer {
  /** The sign-in name, or the system's. */
  readonly who: string;
  readonly agency: string;
  readonly roles: readonly string[];
  /** The authority or force that they work for, where it is not that of the area the hub serves. It decides nothing of what is shown. */
  readonly area?: string;
  /** Set by `forChild`: this viewer holds the case of the child in question. */
  readonly holdsCase?: boolean;
  /** Set where a break-glass for the child in question is live: the purpose from which it was asked for. */
  readonly emergency?: StatedPurpose;
}

/** What of an entry decides; nothing else of it may. */
export interface Disclosable {
  /** The agency that published it. */
  readonly agency: string;
  readonly category: string;
  readonly handling: string;
}

export function isPurpose(text: string): text is Purpose {
  return Object.hasOwn(purposes, text);
}

export function isCategory(text: string): text is Category {
  return Object.hasOwn(categories, text);
}

export function isHandling(text: string): text is Handling {
  return Object.hasOwn(handlings, text);
}

/** Agencies in the one order in which they are always listed, so that an order can give nothing away. */
export function byAgency(a: { readonly agency: Agency }, b: { readonly agency: Agency }): number {
  return agencies.indexOf(a.agency) - agencies.indexOf(b.agency);
}
