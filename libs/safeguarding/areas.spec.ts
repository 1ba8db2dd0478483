import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { NrmReferralMadeSchema } from '../contracts/gen/hub/police/v1/safeguarding_pb.js';
import { ReturnInterviewRecorded_Outcome as Outcome } from '../contracts/gen/hub/social_care/v1/social_care_pb.js';
import { loadRulebook } from '../duties/rulebook/load-rulebook.js';
import { readRulebook } from '../duties/rulebook/rulebook-file.js';
import { rulesOf } from '../duties/rulebook/rules.js';
import { derived, fact } from '../testing/reactions/given.js';
import { back, found, interview, looked, open, report } from '../testing/safeguarding/a-night.js';
import { exploitation } from './exploitation/exploitation.js';
import { missing } from './missing/missing.js';

const shipped: unknown = JSON.parse(JSON.stringify(loadRulebook(undefined).book));
const withOwn = (...areas: object[]) => rulesOf(readRulebook(shipped, { areas: areas.map(whole) }), 'own');
const whole = (own: object) => ({ area: 'Coventry', authority: 'local', effectiveFrom: '2020-01-01', ...own });
const night = [open, looked, report('MR-1', '2026-05-01T21:40:00Z'), back('MR-1', '2026-05-02T11:00:00Z')];
const held = interview('RHI-1', '2026-05-05T15:00:00Z', Outcome.COMPLETED);
const on = (facts: typeof night, at: string, ...own: object[]) => derived(missing, facts, withOwn(...own), at);

describe('what an area sets of a rule', () => {
  it('holds whether it names the authority by its code or by its name', () => {
    const limit = { amount: 48, unit: 'clock-hours' };
    for (const area of ['E08000026', 'Coventry', 'coventry city council'])
      expect(on(night, '2026-05-02T12:00:00Z', { rule: 'A3', area, limit }).duties).toContain(
        'return-home-interview social-care@E08000026 open 2026-05-04T11:00',
      );
  });

  it('holds for warnings and escalations of a duty of the service too, whose place nobody names', () => {
    const own = {
      ...{ rule: 'A4', limit: { amount: 4, unit: 'clock-hours' }, warnings: [{ amount: 2, unit: 'clock-hours' }] },
      escalations: [{ to: 'head-of-service', after: { amount: 2, unit: 'clock-hours' } }],
    };
    const kinds = (at: string) =>
      on([...night, held], at, own)
        .notices.filter((one) => one.startsWith('use-return'))
        .map((one) => one.split(' ')[0]);
    expect(kinds('2026-05-05T16:59:00Z')).toEqual([]);
    expect(kinds('2026-05-05T17:00:00Z')).toEqual(['use-return-interview-due-soon']);
    expect(kinds('2026-05-05T20:59:00Z')).toEqual(['use-return-interview-late']);
    expect(kinds('2026-05-05T21:00:00Z')).toEqual([
      'use-return-interview-escalated-head-of-service',
      'use-return-interview-late',
    ]);
  });

  it('holds for how long news is news, of what the police do and of what is told of an interview', () => {
    const actWithin = { amount: 1, unit: 'clock-hours' };
    const late = (facts: typeof night) => facts.map((one) => ({ ...one, receivedAt: later(one.occurredAt) }));
    const ended = late([report('MR-1', '2026-05-01T21:40:00Z'), found('MR-1', '2026-05-02T02:00:00Z')]);
    const asked = (...own: object[]) => on([open, looked, ...ended], '2026-05-02T05:00:00Z', ...own);
    expect(asked().duties).toEqual(['prevention-interview police@20 open']);
    expect(asked({ rule: 'A2', actWithin }).duties).toEqual([]);
    expect(asked({ rule: 'A2', actWithin }).notices.join()).not.toContain('missing-found');
    const told = (...own: object[]) =>
      on([...night, ...late([held])], '2026-05-05T17:30:00Z', ...own).notices.filter((one) =>
        one.includes('completed'),
      );
    expect(told()).toHaveLength(1);
    expect(told({ rule: 'A4', actWithin })).toEqual([]);
  });

  it('holds for every child where it is set for all, and an area’s own before it', () => {
    const all = { rule: 'A3', area: '*', limit: { amount: 24, unit: 'clock-hours' } };
    const own = { rule: 'A3', limit: { amount: 48, unit: 'clock-hours' } };
    const due = (facts: typeof night, ...sets: object[]) =>
      on(facts, '2026-05-02T12:00:00Z', ...sets)
        .duties.find((one) => one.startsWith('return-home'))
        ?.split(' ')
        .at(-1);
    const unknown = night.filter((one) => one !== looked);
    expect([due(night, all, own), due(night, all), due(unknown, all, own), due(unknown, own)]).toEqual([
      ...['2026-05-04T11:00', '2026-05-03T11:00'],
      ...['2026-05-03T11:00', '2026-05-05T11:00'],
    ]);
  });

  it('is read as the README shows it: an area where the decision is devolved has forty-five days', () => {
    const readme = readFileSync(new URL('../duties/rulebook/README.md', import.meta.url), 'utf8');
    const example: unknown = JSON.parse(/```json\n([\s\S]+?)```/.exec(readme)?.[1] ?? '');
    const rules = rulesOf(readRulebook(shipped, example), 'own');
    const rule = rules.rule('B4', '2026-11-02T09:00:00Z', 'E06000015');
    expect(rule).toMatchObject({ limit: { amount: 45, unit: 'calendar-days' }, verified: true });
    const made = fact(NrmReferralMadeSchema, '2026-11-02T09:00:00Z', { referralReference: 'N-1' });
    expect(derived(exploitation, [open, looked, made], rules, '2026-11-02T09:01:00Z').duties).toEqual([
      'reasonable-grounds-decision yos open 2026-11-09T23:59',
    ]);
  });
});

function later(at: string): string {
  return new Date(Date.parse(at) + 2 * 3_600_000).toISOString();
}
