import type { Agency } from '../kernel/agency.js';
import type { Recipient } from '../kernel/capability.js';

/** Who sits on a forum, as an agency and a role there; and for which purpose they are told what they have to do. */
export interface Seat {
  readonly agency: Agency;
  readonly role: string;
  readonly title: string;
  readonly told: Recipient;
}

/** Why a child is on the list, as a code that a page turns into words. */
export type Why = 'missing-now' | 'interview-due' | 'missing-since' | 'exploitation' | 'open-action';

/**
 * Which children are due: those on a board, those of whom such a fact was recorded since the last meeting, of what happened
 * in so many days before it or after: an episode that is told of late is new, one of last year is not. */
export type DueRule =
  | { readonly why: Why; readonly board: string }
  | { readonly why: Why; readonly recorded: readonly string[]; readonly happenedWithin: number };

/** A group of agencies that meets about children. A row here is all that another one needs. */
export interface Forum {
  readonly kind: string;
  readonly name: string;
  /** Who calls it, and writes down what it decides. */
  readonly convenedBy: Pick<Seat, 'agency' | 'role'>;
  readonly seats: readonly Seat[];
  readonly due: readonly DueRule[];
  /** How far the first meeting looks back, in days: there is none before it. */
  readonly firstLooksBack: number;
}

function seat(agency: Agency, role: string, title: string, purpose = 'safeguarding', told = role): Seat {
  return { agency, role, title, told: { agency, role: told, purpose } };
}

const operational: readonly Seat[] = [
  seat('yos', 'team-manager', 'Team manager, youth offending service', 'supervision-of-staff'),
  seat('yos', 'case-manager', 'Case manager, youth offending service', 'case-management', 'named-case-manager'),
  seat('police', 'officer', 'Police officer'),
  seat('social-care', 'social-worker', 'Social worker'),
  seat('health', 'lead', 'Health lead'),
  seat('education', 'lead', 'Education lead'),
];

const shared = { convenedBy: { agency: 'yos', role: 'team-manager' }, seats: operational, firstLooksBack: 28 } as const;

export const forums: readonly Forum[] = [
  {
    ...shared,
    kind: 'mog',
    name: 'Missing operational group (MOG)',
    due: [
      { why: 'missing-now', board: 'missing-now' },
      { why: 'interview-due', board: 'interviews-due' },
      {
        why: 'missing-since',
        recorded: [
          'hub.police.v1.MissingReported',
          'hub.social_care.v1.MissingReported',
          'hub.social_care.v1.MissingEpisodeRecorded',
        ],
        happenedWithin: 90,
      },
    ],
  },
  {
    ...shared,
    kind: 'cog',
    name: 'Child exploitation operational group (COG)',
    // The board holds whoever's concern is at least emerging, by the area's model.
    due: [{ why: 'exploitation', board: 'exploitation' }],
  },
];

/** Undefined for a kind that nobody has set up. */
export function forumOf(kind: string): Forum | undefined {
  return forums.find((forum) => forum.kind === kind);
}

/** The seats that somebody with this agency and these roles may take. */
export function seatsOf(forum: Forum, agency: string, roles: readonly string[]): readonly Seat[] {
  return forum.seats.filter((one) => one.agency === agency && roles.includes(one.role));
}

/** Whether they call the forum and write down what it decides. */
export function convenes({ convenedBy }: Forum, agency: string, roles: readonly string[]): boolean {
  return convenedBy.agency === agency && roles.includes(convenedBy.role);
}
