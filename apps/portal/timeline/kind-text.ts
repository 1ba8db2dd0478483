import type { Disclosable } from '../../../libs/disclosure/terms.js';

/** A kind in one value, so that it is compared at once: of the row of this alias. No part of it holds a line feed. */
export const kindOf = (alias: string): string =>
  `(${alias}.agency || E'\\n' || ${alias}.category || E'\\n' || ${alias}.handling)`;

/** The same of a kind in hand. */
export const nameOf = ({ agency, category, handling }: Disclosable): string => `${agency}\n${category}\n${handling}`;

export function kindNamed(name: string): Disclosable {
  const [agency = '', category = '', handling = ''] = name.split('\n');
  return { agency, category, handling };
}

/** True for the version of its fact that holds now. */
export const holds = (alias: string): string =>
  `(${alias}.superseded_by is null and ${alias}.withdrawn_by is null and not ${alias}.historic)`;

/** True for the version that held at an instant, an SQL expression, as it was known then. */
export const heldAt = (alias: string, at: string): string =>
  `(${alias}.recorded_at <= ${at} and not ${alias}.historic
    and (${alias}.superseded_at is null or ${alias}.superseded_at > ${at})
    and (${alias}.withdrawn_at is null or ${alias}.withdrawn_at > ${at}))`;

/**
 * True for a row of the timeline, alias `t`, that is shown to whom `seen` gives its kind. A version that does not hold is
 * not shown where another version of its fact may not be: what its source has since marked as not for this viewer would
 * show through the old one. The limit keeps the look-up to the rows of one record: as an anti-join the planner reads the
 * whole table for it.
 */
export const visible = (seen: (alias: string) => string): string => `
  ${seen('t')}
  and (${holds('t')} or (
    select true from timeline o where o.record = t.record and o.fact = t.fact
    and not ${seen('o')} limit 1) is null)`;
