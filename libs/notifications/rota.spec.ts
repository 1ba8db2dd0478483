import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toldAs, type Addressed, type Reader, type Watching } from './addressing.js';
import { gapsOf, onRota, type OnDuty, type Turn } from './rota.js';

const raisedAt = '2026-05-06T21:00:00Z';
const notice: Addressed = {
  ...{ agency: 'yos', role: 'duty-officer', purpose: 'duty', place: '', urgency: 'urgent', raisedAt },
  ...{ acting: [], staffed: true, acknowledged: false },
};
const casey: Reader = { who: 'casey', agency: 'yos', roles: ['case-manager'] };
const dana: Reader = { who: 'dana', agency: 'yos', roles: ['duty-officer'] };
const terry: Reader = { who: 'terry', agency: 'yos', roles: ['team-manager'] };
const hari: Reader = { who: 'hari', agency: 'yos', roles: ['head-of-service'] };
const everybody = [casey, dana, terry, hari];

/** Minutes after it was raised, at night unless it is said. */
const after = (minutes: number, duty?: OnDuty, inHours = false): Watching => ({
  ...{ now: Date.parse(raisedAt) + minutes * 60_000, inHours, escalateMinutes: 15 },
  ...(duty === undefined ? {} : { duty }),
});
const told = (one: Addressed, watching: Watching): string[] =>
  everybody.filter((reader) => toldAs(onRota(reader, watching.duty), one, watching)).map(({ who }) => who);

describe('what is for the duty officer', () => {
  it('is, where no rota is kept, everybody’s who signs in as one', () => {
    expect(told(notice, after(5))).toEqual(['dana']);
  });

  it('is for whoever the rota names, whatever they sign in as, and still for those who sign in as one', () => {
    expect(told(notice, after(5, { named: ['casey'], gap: false }))).toEqual(['casey', 'dana']);
    expect(toldAs(onRota(casey, { named: ['casey'], gap: false }), notice, after(5))).toEqual({
      ...{ role: 'duty-officer', purpose: 'duty', why: 'addressed' },
    });
  });

  it('is the team manager’s too where the rota has a gap, or the one named is away, and the head’s once it is late', () => {
    for (const named of [[], ['casey']]) {
      expect(told(notice, after(14, { named, gap: true }))).toEqual(expect.arrayContaining(['dana', 'terry']));
      expect(told(notice, after(14, { named, gap: true }))).not.toContain('hari');
      expect(told(notice, after(15, { named, gap: true }))).toEqual(expect.arrayContaining(['terry', 'hari']));
      expect(told({ ...notice, acknowledged: true }, after(15, { named, gap: true }))).not.toContain('hari');
    }
  });

  it('includes what is nobody’s, at night as well', () => {
    const nobodys: Addressed = { ...notice, role: 'named-case-manager' };
    expect(told(nobodys, after(5, { named: ['casey'], gap: false }))).toEqual(['casey', 'dana']);
    expect(told(nobodys, after(5, { named: [], gap: true }))).toEqual(['dana', 'terry']);
  });

  it('names nobody of another agency or area, and no machine', () => {
    for (const other of [
      { ...casey, agency: 'police' },
      { ...casey, area: 'E06000015' },
      { ...casey, roles: ['system'] },
    ])
      expect(onRota(other, { named: ['casey'], gap: false })).toBe(other);
  });

  it('is told to somebody who is there, whatever the rota says and whoever is away', () => {
    const rota = fc.record({ named: fc.subarray(['casey', 'kim']), present: fc.boolean() });
    fc.assert(
      fc.property(rota, fc.boolean(), fc.nat(600), fc.boolean(), ({ named, present }, staffed, minutes, inHours) => {
        const gap = named.length === 0 || !present;
        const who = told({ ...notice, staffed }, after(minutes, { named, gap }, inHours));
        expect(gap ? who : [...who, ...named]).toContain(gap ? 'terry' : named[0]);
      }),
    );
  });
});

describe('the gaps of a rota', () => {
  const minute = (at: number): string => new Date(Date.parse(raisedAt) + at * 60_000).toISOString();
  const turn = ([from, length]: readonly [number, number]): Turn => ({
    startsAt: minute(from),
    endsAt: minute(from + length),
  });

  it('are where nobody is on duty, and nowhere else: from the first to the last minute', () => {
    const turns = fc.array(fc.tuple(fc.integer({ min: -30, max: 130 }), fc.integer({ min: 1, max: 60 })), {
      maxLength: 8,
    });
    const at = (all: readonly Turn[], when: string): boolean =>
      all.some(({ startsAt, endsAt }) => startsAt <= when && when < endsAt);
    fc.assert(
      fc.property(turns, (some) => {
        const kept = some.map(turn);
        const gaps = gapsOf(kept, minute(0), minute(100));
        for (let when = -40; when < 200; when += 1) {
          const open = when >= 0 && when < 100 && !at(kept, minute(when));
          expect([when, at(gaps, minute(when))]).toEqual([when, open]);
        }
        expect(gapsOf(kept.toReversed(), minute(0), minute(100))).toEqual(gaps);
      }),
    );
  });

  it('are one for as long as nobody is there, to the minute', () => {
    const kept = [turn([60, 30]), turn([10, 20]), turn([20, 5])];
    expect(gapsOf(kept, minute(0), minute(100))).toEqual([turn([0, 10]), turn([30, 30]), turn([90, 10])]);
    expect(gapsOf([turn([0, 100])], minute(0), minute(100))).toEqual([]);
  });
});
