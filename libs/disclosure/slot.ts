import type { PolicyRow } from './policy.js';
import type { Category, Disclosable, Viewer } from './terms.js';

/** Of what they see nothing else of: when and where an appointment is, so that something else can be held there. */
export interface SlotRow extends Pick<PolicyRow, 'agency' | 'role' | 'purposes' | 'authority'> {
  readonly of: readonly Category[];
}

export const slots: readonly SlotRow[] = [
  {
    agency: 'social-care',
    role: 'return-interviewer',
    purposes: ['return-interview'],
    of: ['case-management'],
    authority: 'A4; Children Act 2004 s.10-11; DPA 2018 Sch 1 para 18 (G2, G3)',
  },
];

/**
 * Whether a viewer who does not see an appointment in full may be offered it, for this purpose: when and where it is, and nothing
 * else of it. Any handling but *professional-only* takes that away too, and no machine is offered anything.
 */
export function maySeeSlot(
  { agency, roles }: Viewer,
  purpose: string,
  entry: Disclosable,
  rows: readonly SlotRow[] = slots,
): boolean {
  if (roles.includes('system')) return false;
  if (!entry.handling.split(/\s+/).every((mark) => mark === '' || mark === 'professional-only')) return false;
  return rows.some(
    (row) =>
      row.agency === agency &&
      roles.includes(row.role) &&
      (row.purposes as readonly string[]).includes(purpose) &&
      (row.of as readonly string[]).includes(entry.category),
  );
}
