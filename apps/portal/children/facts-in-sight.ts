import { decide } from '../../../libs/disclosure/decide.js';
import type { HeldFact } from '../../../libs/kernel/capability.js';
import type { Looker } from '../looks/looker.js';
import type { KnownChild } from './known-child.js';

/**
 * Of the facts of a child that stand, those that this looker sees in full. What is folded from these says nothing that they could not
 * read: duties, boards, loops and the lists of meetings are.
 */
export function factsInSight(
  { viewer }: KnownChild,
  { purpose }: Looker,
  facts: readonly HeldFact[],
): readonly HeldFact[] {
  return facts.filter((fact) => decide(viewer, purpose, fact) === 'full');
}
