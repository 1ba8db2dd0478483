import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencies, type Agency } from '../kernel/agency.js';
import { allowedPurposes, decide, mayBreakGlass } from './decide.js';
import { policy } from './policy.js';
import { mayKnow } from './reach.js';
import { categories, handlings, purposes, roles, type Disclosable, type StatedPurpose, type Viewer } from './terms.js';

const somebody = (agency: string, ...held: string[]): Viewer => ({ who: 'somebody', agency, roles: held });
const entry = (agency: Agency, category: string, handling = ''): Disclosable => ({ agency, category, handling });
const isStated = (name: string): name is StatedPurpose => name !== 'emergency';
const viewer = fc.record({
  who: fc.constant('somebody'),
  agency: fc.constantFrom(...agencies),
  roles: fc.subarray([...roles]),
});
const disclosable = fc.record({
  agency: fc.constantFrom(...agencies),
  category: fc.constantFrom(...Object.keys(categories), 'unheard-of'),
  handling: fc.subarray([...Object.keys(handlings), 'secret'], { maxLength: 2 }).map((marks) => marks.join(' ')),
});

describe('in an emergency', () => {
  const from = fc.constantFrom(...Object.keys(purposes).filter(isStated));

  it('opens of what is withheld what the role’s row names, loses nothing, and hides what was hidden', () => {
    fc.assert(
      fc.property(viewer, from, disclosable, fc.boolean(), (who, daily, what, holdsCase) => {
        const stands = { ...who, holdsCase };
        const before = decide(stands, daily, what);
        const after = decide({ ...stands, emergency: daily }, 'emergency', what);
        if (before !== 'flag') {
          expect(after).toBe(before);
          return;
        }
        const named = policy.some(
          ({ agency: of, role, purposes: why, full }) =>
            of === who.agency &&
            who.roles.includes(role) &&
            why.includes('emergency') &&
            full.some((one) => one === what.category),
        );
        if (after === 'full') expect(named).toBe(true);
        else expect(after).toBe('flag');
      }),
      { numRuns: 3_000 },
    );
  });

  it('opens nothing, and no child, to somebody who only says that there is one', () => {
    fc.assert(
      fc.property(viewer, disclosable, (who, what) => {
        expect(decide(who, 'emergency', what)).toBe('hidden');
        expect(mayKnow(who, 'emergency', { allocatedTo: ['somebody'], agenciesWithRecords: agencies })).toBe(false);
        expect(allowedPurposes(who)).not.toContain('emergency');
      }),
    );
  });

  it('opens health detail to a case manager, but no victim, no intelligence, nothing that is the originator’s', () => {
    const broken: Viewer = { ...somebody('yos', 'team-manager'), emergency: 'supervision-of-staff' };
    expect(decide(broken, 'emergency', entry('health', 'health-detail'))).toBe('full');
    expect(decide(broken, 'emergency', entry('police', 'victim'))).toBe('flag');
    expect(decide(broken, 'emergency', entry('police', 'intelligence'))).toBe('flag');
    for (const mark of ['originator-only', 'existence-discloses'])
      expect(decide(broken, 'emergency', entry('health', 'health-detail', mark))).toBe('hidden');
    expect(decide(broken, 'emergency', entry('health', 'health-detail', 'conditions-apply'))).toBe('flag');
  });

  it('is for nobody whose role has no row, and never for a machine', () => {
    expect(mayBreakGlass(somebody('yos', 'case-manager'))).toBe(true);
    for (const one of [
      somebody('education', 'lead'),
      somebody('yos', 'auditor'),
      somebody('yos', 'system', 'case-manager'),
    ])
      expect(mayBreakGlass(one)).toBe(false);
  });
});
