import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLate, toldAs, unowned, type Addressed, type Reader, type Watching } from './addressing.js';
import { contentFor, type CauseVersion } from './content.js';
import { digestAt } from './digest.js';
import { isOver, retryAt } from './retry.js';
import { threadsOf } from './threads.js';

const notice: Addressed = {
  ...{ agency: 'social-care', role: 'social-worker', purpose: 'safeguarding', place: '' },
  ...{ urgency: 'urgent', raisedAt: '2026-05-06T09:00:00Z', acting: [], staffed: true, acknowledged: false },
};
const held: Addressed = { ...notice, agency: 'yos', role: 'named-case-manager', purpose: 'case-management' };
const worker: Reader = { who: 'robin', agency: 'social-care', roles: ['social-worker'] };
const casey: Reader = { who: 'casey', agency: 'yos', roles: ['case-manager'] };
const manager: Reader = { who: 'terry', agency: 'yos', roles: ['team-manager'] };
const duty: Reader = { who: 'dana', agency: 'yos', roles: ['duty-officer'] };
const at = (time: string, inHours = true): Watching => ({ now: Date.parse(time), inHours, escalateMinutes: 15 });
const soon = at('2026-05-06T09:05:00Z');
const late = at('2026-05-06T09:15:00Z');

describe('who is told of a notice', () => {
  it('whoever has the role at the agency, and whoever acts in the case, and nobody else while they have time', () => {
    expect(toldAs(worker, notice, soon)).toMatchObject({ role: 'social-worker', why: 'addressed' });
    expect(toldAs(casey, { ...held, acting: ['casey'] }, soon)).toMatchObject({ why: 'addressed' });
    expect(toldAs(casey, { ...held, acting: ['sam'] }, late)).toBeUndefined();
    for (const other of [casey, manager, duty]) expect(toldAs(other, notice, soon)).toBeUndefined();
  });

  it('of several authorities the one it names, and where somebody’s token names none, all of them', () => {
    const derby = { ...worker, area: 'E06000015' };
    expect(toldAs(derby, notice, soon)).toBeUndefined();
    expect(toldAs(derby, { ...notice, place: 'E06000015' }, soon)).toMatchObject({ why: 'addressed' });
    expect(toldAs(worker, { ...notice, place: 'E06000015' }, soon)).toMatchObject({ why: 'addressed' });
  });

  it('the team manager when an urgent one is late, and not once somebody has acknowledged it', () => {
    expect(toldAs(manager, notice, late)).toMatchObject({ why: 'unacknowledged', purpose: 'supervision-of-staff' });
    expect(toldAs(manager, { ...notice, acknowledged: true }, late)).toBeUndefined();
    expect(toldAs(manager, { ...notice, urgency: 'ordinary' }, late)).toBeUndefined();
  });

  it('nothing goes to nobody: in office hours the service’s manager and duty officer have it, at night the duty officer', () => {
    for (const nobodys of [held, { ...notice, staffed: false }]) {
      expect(toldAs(manager, nobodys, soon)).toMatchObject({ why: 'nobody-there' });
      expect(toldAs(duty, nobodys, soon)).toMatchObject({ why: 'nobody-there', purpose: 'duty' });
      expect(toldAs(duty, nobodys, at('2026-05-06T09:05:00Z', false))).toMatchObject({ why: 'nobody-there' });
    }
  });

  it('whatever the notice and the hour, somebody is told: those addressed, or the duty officer', () => {
    const notices = fc.record({
      agency: fc.constantFrom('yos' as const, 'police' as const, 'social-care' as const),
      role: fc.constantFrom('named-case-manager', 'officer', 'social-worker', 'head-of-service'),
      purpose: fc.constant('safeguarding'),
      place: fc.constantFrom('', '30'),
      urgency: fc.constantFrom('urgent' as const, 'ordinary' as const, 'digest' as const),
      raisedAt: fc.constant('2026-05-06T09:00:00Z'),
      acting: fc.subarray(['casey', 'sam']),
      staffed: fc.boolean(),
      acknowledged: fc.boolean(),
    });
    fc.assert(
      fc.property(notices, fc.integer({ min: 0, max: 600 }), fc.boolean(), (one, minutes, inHours) => {
        const watching = { ...soon, now: Date.parse(one.raisedAt) + minutes * 60_000, inHours };
        const there: Reader[] =
          one.role === 'named-case-manager'
            ? one.acting.map((who) => ({ who, agency: 'yos', roles: ['case-manager'] }))
            : one.staffed
              ? [{ who: 'x', agency: one.agency, roles: [one.role] }]
              : [];
        const told = [...there.filter(({ agency }) => agency === one.agency), manager, duty].filter((reader) =>
          toldAs(reader, one, watching),
        );
        // A role of a case held at another agency than the service's own has no holder there.
        expect(
          told.length > 0 || (one.role === 'named-case-manager' && one.agency !== 'yos' && one.acting.length > 0),
        ).toBe(true);
        if (unowned(one)) expect(told).toContain(duty);
        if (isLate(one, watching)) expect(told).toContain(manager);
      }),
    );
  });
});

describe('what a notice says', () => {
  const version = (fact: string, more: Partial<CauseVersion & { level: 'full' | 'flag' | 'hidden' }> = {}) => ({
    ...{ fact, historic: false, superseded_at: null, withdrawn_at: null, level: 'full' as const },
    ...more,
  });

  it('of each cause the version that holds, and nothing of one that does not hold or is not theirs', () => {
    const versions = [
      version('a', { superseded_at: '2026-05-06T09:00:00Z' }),
      version('a'),
      version('b', { withdrawn_at: '2026-05-06T09:00:00Z' }),
      version('c', { level: 'hidden' }),
      version('d', { level: 'flag' }),
    ];
    const { shown, flagged } = contentFor(['c', 'b', 'a', 'd'], versions, ({ level }) => level);
    expect(shown).toEqual([version('a')]);
    expect(flagged.map(({ fact }) => fact)).toEqual(['d']);
  });

  it('is not spoken of where any version of it is hidden from them', () => {
    const versions = [
      version('a', { superseded_at: '2026-05-06T09:00:00Z', level: 'hidden' }),
      version('a', { level: 'flag' }),
    ];
    expect(contentFor(['a'], versions, ({ level }) => level)).toEqual({ shown: [], flagged: [] });
  });
});

describe('the order of an inbox', () => {
  it.each([
    ['2026-05-06T05:00:00Z', '2026-05-06T07:00:00Z'],
    ['2026-05-06T07:00:00Z', '2026-05-06T07:00:00Z'],
    ['2026-05-06T07:00:01Z', '2026-05-07T07:00:00Z'],
    // A Friday afternoon before a bank holiday; and winter time.
    ['2026-05-01T14:00:00Z', '2026-05-05T07:00:00Z'],
    ['2026-12-24T15:00:00Z', '2026-12-29T08:00:00Z'],
  ])('what can wait, raised %s, is told at %s', (raised, told) => {
    expect(digestAt(raised)).toBe(told);
  });

  it('puts a thread with something urgent that nobody has first, then what is open, then the newest', () => {
    const one = (thread: string, urgency: 'urgent' | 'ordinary', raisedAt: string, open: boolean) => ({
      thread,
      urgency,
      raisedAt,
      open,
    });
    const threads = threadsOf([
      one('new', 'ordinary', '2026-05-06T09:00:00Z', false),
      one('open', 'ordinary', '2026-05-05T09:00:00Z', true),
      one('urgent', 'urgent', '2026-05-01T09:00:00Z', true),
      one('urgent', 'ordinary', '2026-05-02T09:00:00Z', true),
      one('old', 'urgent', '2026-05-03T09:00:00Z', false),
    ]);
    expect(threads.map(({ id }) => id)).toEqual(['urgent', 'open', 'new', 'old']);
    expect(threads[0]?.notices[0]?.raisedAt).toBe('2026-05-02T09:00:00Z');
  });
});

describe('trying again', () => {
  const now = Date.parse('2026-05-06T09:00:00Z');
  const [hour, day] = [3_600_000, 86_400_000];

  it('waits twice as long after each failure, up to an hour, and never less than half of that', () => {
    const failures = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(failures, fc.double({ min: 0, max: 1, noNaN: true }), (failed, random) => {
        const wait = retryAt(failed, now, random) - now;
        const longest = retryAt(failed, now, 1) - now;
        expect(longest).toBe(Math.min(hour, 5_000 * 2 ** (failed - 1)));
        expect(wait).toBeGreaterThanOrEqual(longest / 2);
        expect(wait).toBeLessThanOrEqual(longest);
      }),
    );
  });

  it('ends after three days, and not before', () => {
    expect(isOver(now - 3 * day + 1, now)).toBe(false);
    expect(isOver(now - 3 * day, now)).toBe(true);
  });
});
