import { describe, expect, it } from '@jest/globals';
import { loadRulebook } from './load-rulebook.js';
import { readRulebook, RulebookError } from './rulebook-file.js';
import { rulesOf } from './rules.js';

const limit = { amount: 2, unit: 'working-days' };
const rule = {
  id: 'A3',
  trigger: 'returned',
  duty: 'interview',
  owner: 'social-care social-worker',
  authority: 'guidance',
  verified: true,
  effectiveFrom: '2014-01-01',
  limit,
};
const book = (...rules: object[]) => ({ version: '2026-01-01', rules });
const own = {
  rule: 'A3',
  area: 'Derby',
  authority: 'local',
  effectiveFrom: '2026-01-01',
  limit: { amount: 48, unit: 'clock-hours' },
};

describe('the rulebook that is shipped', () => {
  it('is right, has every rule once on a day, and says of each where it comes from', () => {
    const { book: shipped } = loadRulebook(undefined);
    expect(shipped.rules.length).toBeGreaterThan(35);
    expect(shipped.rules.filter(({ authority }) => authority.length < 3)).toEqual([]);
  });

  it('changes its version with any change of its words', () => {
    expect(loadRulebook(undefined).rules.version).toMatch(/^2026-\d\d-\d\d(\.\d+)? [0-9a-f]{16}$/);
  });
});

describe('a rule', () => {
  it('is an area’s own where it set one, from the day it did, and only what it set', () => {
    const rules = rulesOf(readRulebook(book(rule), { areas: [own] }), '');
    expect(rules.rule('A3', '2026-03-01T12:00:00Z', 'derby')).toMatchObject({
      limit: { amount: 48, unit: 'clock-hours' },
      authority: 'local',
      verified: false,
      duty: 'interview',
    });
    expect(rules.rule('A3', '2025-12-31T12:00:00Z', 'Derby').limit).toEqual(limit);
    expect(rules.rule('A3', '2026-03-01T12:00:00Z', 'Leicester').limit).toEqual(limit);
  });

  it('is the version in force on the day in London', () => {
    const later = { ...rule, effectiveFrom: '2026-07-01', limit: { amount: 1, unit: 'working-days' } };
    const rules = rulesOf(readRulebook(book({ ...rule, effectiveTo: '2026-06-30' }, later)), '');
    expect(rules.rule('A3', '2026-06-30T22:59:00Z').limit?.amount).toBe(2);
    expect(rules.rule('A3', '2026-06-30T23:00:00Z').limit?.amount).toBe(1);
  });

  it('that there is not, or is no longer in force, is refused', () => {
    const rules = rulesOf(readRulebook(book({ ...rule, effectiveTo: '2020-01-01' })), '');
    expect(() => rules.rule('Z9', '2019-01-01T00:00:00Z')).toThrow(RangeError);
    expect(() => rules.rule('A3', '2021-01-01T00:00:00Z')).toThrow(RangeError);
  });

  it('that was not in force yet is its first version: old episodes are history, and stop nothing', () => {
    const rules = rulesOf(readRulebook(book({ ...rule, effectiveFrom: '2020-01-01' })), '');
    expect(rules.rule('A3', '2012-01-01T00:00:00Z').limit).toEqual(limit);
  });
});

describe('a file that is not right', () => {
  it.each([
    ['no object', [], undefined, 'not a JSON object'],
    ['a limit without a unit', book({ ...rule, limit: { amount: 3 } }), undefined, 'rules.0.limit.unit'],
    [
      'a limit of nothing',
      book({ ...rule, limit: { amount: 0, unit: 'working-days' } }),
      undefined,
      'rules.0.limit.amount',
    ],
    ['a word it does not know', book({ ...rule, limt: limit }), undefined, 'rules.0.limt'],
    ['a rule twice on one day', book(rule, rule), undefined, 'rule A3 is in force twice on one day'],
    [
      'a rule that ends before it begins',
      book({ ...rule, effectiveTo: '2013-01-01' }),
      undefined,
      'ends before it begins',
    ],
    ['an area’s rule that there is not', book(rule), { areas: [{ ...own, rule: 'A4' }] }, 'Derby sets rule A4'],
    ['an area that adds a rule', book(rule), { rules: [rule] }, 'rules'],
    ['a day that is none', book(rule), { holidays: ['2026-13-01'] }, 'holidays'],
    ['a day that the month does not have', book({ ...rule, effectiveFrom: '2026-02-31' }), {}, '2026-02-31 is no day'],
    [
      'a school holiday that ends before it begins',
      book(rule),
      { schoolHolidays: [{ from: '2026-12-21', to: '2026-01-01' }] },
      'ends before 2026-12-21',
    ],
    ['a number in words', book({ ...rule, numbers: { withinDays: 'ninety' } }), {}, 'withinDays is not a whole number'],
    [
      'a number that the rule does not know',
      book({ ...rule, numbers: { withinDays: 90 } }),
      { areas: [{ ...own, numbers: { witinDays: 30 } }] },
      'Derby sets witinDays of rule A3, which it does not have',
    ],
    [
      'one area by its code and by its name',
      book(rule),
      { areas: [own, { ...own, area: 'E06000015' }] },
      'rule A3 in E06000015 is in force twice on one day',
    ],
  ])('%s is named by its place', (_, shipped, area, place) => {
    expect(() => readRulebook(shipped, area)).toThrow(RulebookError);
    expect(() => readRulebook(shipped, area)).toThrow(place);
  });

  it('that cannot be read is not quoted', () => {
    expect(() => loadRulebook('/nowhere/area.json')).toThrow('HUB_AREA names a file that cannot be read');
  });
});
