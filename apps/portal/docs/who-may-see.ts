import { decide } from '../../../libs/disclosure/decide.js';
import { policy } from '../../../libs/disclosure/policy.js';
import { purposes, type Disclosable, type Purpose, type Role } from '../../../libs/disclosure/terms.js';
import type { Agency } from '../../../libs/kernel/agency.js';

/** Who of an agency sees an entry of this kind, and for which purposes: in full, or only that there is something. */
export interface Sees {
  readonly agency: Agency;
  readonly role: Role;
  readonly full: readonly Purpose[];
  readonly flag: readonly Purpose[];
}

const daily = (Object.keys(purposes) as Purpose[]).filter(
  (purpose) => purpose !== 'emergency' && purpose !== 'publishing-partner',
);

/** Asked of the disclosure policy itself, seat by seat, in its order. Seats that see no trace of it are left out. */
export function whoMaySee(entry: Disclosable): Sees[] {
  const seats = new Map(policy.map(({ agency, role }) => [`${agency} ${role}`, { agency, role }]));
  return [...seats.values()].flatMap(({ agency, role }): Sees[] => {
    const named = role === 'named-case-manager';
    const viewer = { who: '', agency, roles: [named ? 'case-manager' : role], holdsCase: named };
    const at = (level: string): Purpose[] => daily.filter((purpose) => decide(viewer, purpose, entry) === level);
    const [full, flag] = [at('full'), at('flag')];
    return full.length + flag.length === 0 ? [] : [{ agency, role, full, flag }];
  });
}
