import { Retention } from './gen/hub/options/v1/options_pb.js';

/** How long the events of a class are kept. */
export interface RetentionRule {
  readonly name: string;
  /** In a practitioner's words. */
  readonly kept: string;
  /** Law, rule of the rulebook, or whose notice decides. An area may set its own: what is local is said to be. */
  readonly authority: string;
  readonly limit: RetentionLimit;
  /** Data categories that are kept so unless an event says otherwise. */
  readonly categories: readonly string[];
}

/**
 * The same as a number, where there is one: years after the last action of the class, and not before an age; or an age alone.
 * `person`: no text gives a number, so whoever erases says why it is time. `with-the-rest`: it keeps nothing else, and goes with it.
 */
export type RetentionLimit =
  | { readonly from: 'last-action'; readonly years: number; readonly notBeforeAge?: number }
  | { readonly from: 'birth'; readonly years: number }
  | { readonly from: 'person' }
  | { readonly from: 'with-the-rest' };

export type RetentionClass = keyof typeof retentions;

/** The one table of how long what the hub holds is kept. Nothing is erased before its holds are looked at. */
export const retentions = {
  order: {
    name: 'Order of a court',
    kept: '5 years after the last action on the order, then basic data only',
    authority: 'The area’s retention notice (G8)',
    limit: { from: 'last-action', years: 5 },
    categories: ['court', 'custody', 'case-management'],
  },
  'out-of-court': {
    name: 'Out-of-court disposal or referral order',
    kept: '3 years after the last action, or until the 18th birthday',
    authority: 'The area’s retention notice (G8)',
    limit: { from: 'last-action', years: 3, notBeforeAge: 18 },
    categories: ['offending'],
  },
  'sexual-offence': {
    name: 'Sexual offence',
    kept: 'As long as the sex offenders register rules for it',
    authority: 'Sexual Offences Act 2003 Part 2; the area’s retention notice (G8)',
    limit: { from: 'person' },
    categories: [],
  },
  'looked-after': {
    name: 'Looked-after child',
    kept: 'Until the 75th birthday; remand makes a child a looked-after one',
    authority: 'Care Planning, Placement and Case Review (England) Regulations 2010 reg 50 (G8)',
    limit: { from: 'birth', years: 75 },
    categories: [],
  },
  safeguarding: {
    name: 'Protection from harm',
    kept: 'As the child’s social care record: until the 75th birthday when looked after, else as the area’s notice says',
    authority: 'The area’s retention notice; Care Planning Regulations 2010 reg 50 (G8)',
    limit: { from: 'person' },
    categories: ['missing', 'return-interview', 'exploitation', 'social-care'],
  },
  partner: {
    name: 'A partner’s own record',
    kept: 'No longer than the child’s youth justice record; the publisher’s schedule rules the original',
    authority: 'UK GDPR art 5(1)(e); DPA 2018 s.39 (G8)',
    limit: { from: 'with-the-rest' },
    categories: ['education', 'ehc-plan', 'health-involvement', 'health-vital', 'health-detail', 'probation'],
  },
  intelligence: {
    name: 'Police intelligence',
    kept: 'As long as the force keeps it, which reviews it',
    authority: 'Police Information and Records Management Code of Practice 2023',
    limit: { from: 'person' },
    categories: ['intelligence'],
  },
  victim: {
    name: 'Victim',
    kept: 'Until the order that the contact was about has ended, apart from the child’s record',
    authority: 'UK GDPR art 5(1)(e) (G6)',
    limit: { from: 'with-the-rest' },
    categories: ['victim'],
  },
  'as-the-fact': {
    name: 'Said of another fact',
    kept: 'As long as the fact it speaks of',
    authority: 'It is part of that fact’s record (G8)',
    limit: { from: 'with-the-rest' },
    categories: ['annotation', 'correction'],
  },
} as const satisfies Readonly<Record<string, RetentionRule>>;

const classes: Readonly<Record<Exclude<Retention, Retention.UNSPECIFIED>, RetentionClass>> = {
  [Retention.ORDER]: 'order',
  [Retention.OUT_OF_COURT]: 'out-of-court',
  [Retention.SEXUAL_OFFENCE]: 'sexual-offence',
  [Retention.LOOKED_AFTER]: 'looked-after',
  [Retention.SAFEGUARDING]: 'safeguarding',
  [Retention.PARTNER]: 'partner',
  [Retention.INTELLIGENCE]: 'intelligence',
  [Retention.VICTIM]: 'victim',
  [Retention.AS_THE_FACT]: 'as-the-fact',
};

const ofCategory: ReadonlyMap<string, RetentionClass> = new Map(
  (Object.entries(retentions) as [RetentionClass, RetentionRule][]).flatMap(([name, { categories }]) =>
    categories.map((category): [string, RetentionClass] => [category, name]),
  ),
);

/** The class an event states, or its category's; undefined for a category that the table does not name. */
export function retentionOf(stated: Retention, category: string): RetentionClass | undefined {
  return stated === Retention.UNSPECIFIED ? ofCategory.get(category) : classes[stated];
}
