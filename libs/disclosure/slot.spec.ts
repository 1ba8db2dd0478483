import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { agencies } from '../kernel/agency.js';
import { decide } from './decide.js';
import { maySeeSlot, slots } from './slot.js';
import { categories, handlings, purposes, roles } from './terms.js';

const viewer = fc.record({
  who: fc.constant('somebody'),
  agency: fc.constantFrom(...agencies, 'nobody'),
  roles: fc.subarray([...roles, 'constructor']),
});
const entry = fc.record({
  agency: fc.constantFrom(...agencies),
  category: fc.constantFrom(...Object.keys(categories), 'unheard-of'),
  handling: fc.subarray([...Object.keys(handlings), 'secret']).map((marks) => marks.join(' ')),
});
const purpose = fc.constantFrom(...Object.keys(purposes), 'curiosity');

describe('an appointment that is offered', () => {
  const noor = { who: 'noor', agency: 'social-care', roles: ['return-interviewer'] };
  const planned = { agency: 'yos', category: 'case-management', handling: '' };

  it('is offered to the interviewer for the interview, who sees it for no purpose', () => {
    expect(maySeeSlot(noor, 'return-interview', planned)).toBe(true);
    for (const why of Object.keys(purposes)) expect(decide(noor, why, planned)).not.toBe('full');
  });

  it('is offered to nobody whom no row names, for no other purpose or category, to no machine, and under no mark', () => {
    fc.assert(
      fc.property(viewer, purpose, entry, (who, why, what) => {
        const row = slots.find(
          ({ agency, role, purposes: whys, of }) =>
            agency === who.agency &&
            who.roles.includes(role) &&
            (whys as string[]).includes(why) &&
            (of as string[]).includes(what.category),
        );
        const marked = what.handling !== '' && what.handling !== 'professional-only';
        expect(maySeeSlot(who, why, what)).toBe(row !== undefined && !who.roles.includes('system') && !marked);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is what the README says it is', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
    for (const { agency, role, purposes: whys, of, authority } of slots)
      expect(readme).toContain(`|${agency} ${role}|${whys.join(', ')}|${of.join(', ')}|${authority}|`);
  });
});
