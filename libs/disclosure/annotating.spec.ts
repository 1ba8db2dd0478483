import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencies } from '../kernel/agency.js';
import { mayReadWords, roleFor, type Act } from './annotating.js';
import { allowedPurposes } from './decide.js';
import { purposes, roles, type Purpose, type Viewer } from './terms.js';

const acts: readonly Act[] = ['mark', 'dispute', 'ask-why'];
const viewers = fc.record({
  who: fc.constant('some.one'),
  agency: fc.constantFrom(...agencies, 'press'),
  roles: fc.subarray([...roles, 'director']),
});
const stated = (Object.keys(purposes) as Purpose[]).filter((one) => one !== 'emergency');
const purpose = fc.constantFrom(...stated);

describe('who may say something of what they see', () => {
  const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };

  it('is whoever works with children, in their role', () => {
    for (const act of acts) expect(roleFor(casey, 'case-management', act)).toBe('case-manager');
    expect(roleFor({ ...casey, agency: 'police', roles: ['officer'] }, 'safeguarding', 'dispute')).toBe('officer');
  });

  it.each<[string, Viewer, Purpose]>([
    ['an auditor', { ...casey, roles: ['auditor'] }, 'audit'],
    ['a machine', { ...casey, who: 'yos', roles: ['system'] }, 'case-management'],
    ['a review', { ...casey, roles: ['team-manager'] }, 'learning-review'],
    ['somebody for a purpose that is not theirs', casey, 'duty'],
  ])('is not %s', (_, viewer, why) => {
    for (const act of acts) expect(roleFor(viewer, why, act)).toBeUndefined();
  });

  it('is nobody for whom the policy has no row, and nobody but machines is kept from words', () => {
    fc.assert(
      fc.property(viewers, purpose, fc.constantFrom(...agencies), (viewer, why, saidBy) => {
        const allowed = allowedPurposes(viewer).includes(why);
        const people = viewer.roles.some((role) => role !== 'system' && role !== 'named-case-manager');
        if (!allowed) for (const act of acts) expect(roleFor(viewer, why, act)).toBeUndefined();
        if (!allowed) expect(mayReadWords(viewer, why, saidBy)).toBe(false);
        if (allowed && !people) expect(mayReadWords(viewer, why, saidBy)).toBe(saidBy === viewer.agency);
      }),
    );
  });
});
