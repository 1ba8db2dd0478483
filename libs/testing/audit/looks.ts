import { randomUUID } from 'node:crypto';
import type { Look } from '../../platform/audit/look.js';

/** A look as the portal writes it, of nobody in particular. */
export function lookOf(who: string, more: Partial<Look> = {}): Look {
  return {
    at: new Date().toISOString(),
    who,
    agency: 'yos',
    roles: ['case-manager'],
    purpose: 'case-management',
    what: 'timeline.read',
    child: randomUUID(),
    outcome: 'shown',
    details: { withheld: ['police'], filter: { to: '2026-03-03', agencies: ['court', 'yos'] }, entries: 2, share: 0.1 },
    shown: [randomUUID(), randomUUID()],
    correlationId: randomUUID(),
    ...more,
  };
}
