import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// What libs/disclosure/README.md says, read from its own words and told anew from its rules: nothing of the code is used, so
// that either may be wrong and the other notices.

export interface Looking {
  readonly agency: string;
  readonly roles: readonly string[];
  readonly purpose: string;
  /** The case system names them as who holds or covers the case of the child in question. */
  readonly holdsCase: boolean;
}

export interface Kind {
  readonly agency: string;
  readonly category: string;
  readonly handling: string;
}

/** A fact with all that its source ever said of it, the last of which holds unless it was withdrawn. */
export interface Told {
  readonly versions: readonly Kind[];
  readonly withdrawn: boolean;
}

interface Row {
  readonly agency: string;
  readonly role: string;
  readonly purposes: readonly string[];
  readonly full: readonly string[];
  readonly flag: readonly string[];
}

const text = readFileSync(join('libs', 'disclosure', 'README.md'), 'utf8');

const [, policy = ''] = text.slice(text.indexOf('## The policy')).split('\n|who|purposes|full|flag|authority|\n');

/** The table under "The policy", to its end: another one stands below it. */
export const table: readonly Row[] = policy
  .slice(0, policy.indexOf('\n\n'))
  .split('\n')
  .filter((line) => !line.startsWith('|-'))
  .map((line) =>
    line
      .split('|')
      .slice(1, 5)
      .map((cell) => cell.trim()),
  )
  .map(([who = '', purposes = '', full = '', flag = '']) => {
    const [agency = '', role = ''] = who.split(' ');
    const list = (cell: string): string[] => (cell === '–' ? [] : cell.split(', '));
    return { agency, role, purposes: list(purposes), full: list(full), flag: list(flag) };
  });

export const agencies = [...new Set(table.map(({ agency }) => agency)), 'court'];

function rowsFor({ agency, roles, purpose, holdsCase }: Looking): Row[] {
  // Rule 7: an emergency is asked for, child by child, and never stated.
  if (purpose === 'emergency') return [];
  const own = table.filter(
    (row) =>
      row.agency === agency &&
      row.purposes.includes(purpose) &&
      (row.role === 'named-case-manager' ? roles.includes('case-manager') && holdsCase : roles.includes(row.role)),
  );
  // "A `system` of each agency also has `publishing-partner`: what it published itself, and nothing else."
  const publishing = agencies.includes(agency) && roles.includes('system') && purpose === 'publishing-partner';
  return publishing ? [...own, { agency, role: 'system', purposes: [purpose], full: [], flag: [] }] : own;
}

/** Rule 1: without a row, nothing may be asked for this purpose. */
export function mayAsk(looking: Looking): boolean {
  return rowsFor({ ...looking, holdsCase: false }).length > 0;
}

export type Level = 'full' | 'flag' | 'hidden';

export function level(looking: Looking, kind: Kind): Level {
  const levels = rowsFor(looking).map((row) => levelIn(row, kind));
  return levels.find((one) => one === 'full') ?? levels.find((one) => one === 'flag') ?? 'hidden';
}

function levelIn({ agency, role, full, flag }: Row, kind: Kind): Level {
  if (kind.agency === agency) return 'full';
  const marks = kind.handling.split(' ').filter((mark) => mark !== '');
  const known = ['professional-only', 'conditions-apply', 'originator-only', 'existence-discloses'];
  if (marks.some((mark) => !known.includes(mark) || mark === 'originator-only')) return 'hidden';
  const lowered = marks.includes('conditions-apply') || (marks.includes('professional-only') && role === 'system');
  const granted = full.includes(kind.category) ? 'full' : flag.includes(kind.category) ? 'flag' : 'hidden';
  const left = granted === 'full' && lowered ? 'flag' : granted;
  return marks.includes('existence-discloses') && left !== 'full' ? 'hidden' : left;
}

/** "Who is told that the hub knows a child": by the agencies with a record, and whether the case is open. */
export function mayKnow(looking: Looking, child: { records: readonly string[]; openCase: boolean }): boolean {
  return rowsFor(looking).some(({ agency, role }) => {
    if (agency !== 'yos') return child.records.includes(agency);
    if (role === 'case-manager' || role === 'named-case-manager') return child.openCase;
    if (role === 'team-manager' || role === 'duty-officer')
      return child.records.includes('yos') || child.records.includes('court');
    return child.records.includes('yos');
  });
}

/** Which versions, by their place, may be shown: one that does not hold only where every version may be. */
export function shown(looking: Looking, { versions, withdrawn }: Told): number[] {
  const levels = versions.map((kind) => level(looking, kind));
  const all = levels.every((one) => one === 'full');
  return levels.flatMap((one, at) => {
    const holds = at === versions.length - 1 && !withdrawn;
    return one === 'full' && (holds || all) ? [at] : [];
  });
}

/** Whether the fact puts its agency among those that withhold: it holds, is flagged, and no version is hidden. */
export function withholds(looking: Looking, { versions, withdrawn }: Told): boolean {
  const levels = versions.map((kind) => level(looking, kind));
  return !withdrawn && levels.at(-1) === 'flag' && !levels.includes('hidden');
}
