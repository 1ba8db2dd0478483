import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../contracts/gen/hub/police/v1/police_pb.js';
import {
  ChildReturned_ReturnedTo as CareTo,
  ChildReturnedSchema as CareReturnedSchema,
  MissingReportedSchema as CareMissingSchema,
} from '../../contracts/gen/hub/social_care/v1/missing_pb.js';
import { StrategyDiscussionHeldSchema } from '../../contracts/gen/hub/social_care/v1/safeguarding_pb.js';
import {
  MissingEpisodeRecorded_Kind as Kind,
  MissingEpisodeRecordedSchema,
  PlacementRecordedSchema,
  ReturnInterviewRecorded_Outcome as Outcome,
  StatusRecorded_Status as Status,
  StatusRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import type { HeldFact } from '../../kernel/capability.js';
import { fact } from '../../testing/reactions/given.js';
import { open, looked, report, found, back, interview, of, care } from '../../testing/safeguarding/a-night.js';

describe('A6: repeat episodes', () => {
  const nights = ['2026-04-01', '2026-04-20', '2026-05-10'].flatMap((day, index) => [
    report(`MR-${index}`, `${day}T21:00:00Z`),
    back(`MR-${index}`, `${day}T23:30:00Z`),
  ]);

  it('the third in ninety days asks for a strategy meeting, with the episodes', () => {
    const { duties, notices, whole } = of([open, looked, ...nights], '2026-05-10T23:31:00Z');
    expect(duties).toContain(`strategy-meeting ${care} open 2026-05-15T22:59`);
    expect(whole.duties.find(({ kind }) => kind === 'strategy-meeting')).toMatchObject({
      details: { episodes: '3', withinDays: '90' },
      verified: false,
    });
    expect(notices.filter((one) => one.startsWith('repeat-missing'))).toHaveLength(3);
  });

  it('two do not, nor three in more days, nor after a discussion', () => {
    const discussed = fact(StrategyDiscussionHeldSchema, '2026-04-25T10:00:00Z', {
      discussionReference: 'SD-1',
      attended: ['yos'],
    });
    const asked = (facts: readonly HeldFact[]) => of([open, looked, ...facts], '2026-05-10T23:31:00Z').duties.join();
    expect(asked(nights.slice(0, 4))).not.toContain('strategy-meeting');
    expect(
      asked([report('MR-9', '2026-01-20T21:00:00Z'), back('MR-9', '2026-01-20T23:00:00Z'), ...nights.slice(2)]),
    ).not.toContain('strategy-meeting');
    expect(asked([...nights, discussed])).not.toContain('strategy-meeting');
  });

  it('asked for, stands until it is called: the next episode neither moves it nor takes it back', () => {
    const meeting = (facts: readonly HeldFact[], at: string) =>
      of([open, looked, ...facts], at).duties.filter((one) => one.startsWith('strategy'));
    const fourth = [report('MR-4', '2026-05-12T21:00:00Z'), back('MR-4', '2026-05-12T23:30:00Z')];
    // The first has left the window by then.
    const later = [report('MR-5', '2026-07-10T21:00:00Z'), back('MR-5', '2026-07-10T23:30:00Z')];
    const due = '2026-05-15T22:59';
    expect(meeting([...nights, ...fourth], '2026-05-13T09:00:00Z')).toEqual([`strategy-meeting ${care} open ${due}`]);
    expect(meeting([...nights, ...fourth, ...later], '2026-07-11T09:00:00Z')).toEqual([
      `strategy-meeting ${care} late ${due}`,
    ]);
    const alone = [report('MR-6', '2026-12-10T21:00:00Z'), back('MR-6', '2026-12-10T23:30:00Z')];
    expect(meeting([...nights, ...alone], '2026-12-11T09:00:00Z')).toEqual([`strategy-meeting ${care} late ${due}`]);
  });

  it('after a discussion the count begins anew, and what it met stays met', () => {
    const held = fact(StrategyDiscussionHeldSchema, '2026-05-12T10:00:00Z', { discussionReference: 'SD-1' });
    const again = ['2026-05-20', '2026-05-25', '2026-06-01'].flatMap((day, index) => [
      report(`MS-${index}`, `${day}T21:00:00Z`),
      back(`MS-${index}`, `${day}T23:30:00Z`),
    ]);
    const meeting = (facts: readonly HeldFact[]) =>
      of([open, looked, ...nights, held, ...facts], '2026-06-02T09:00:00Z').duties.filter((one) =>
        one.startsWith('strategy'),
      );
    expect(meeting(again.slice(0, 4))).toEqual([`strategy-meeting ${care} met 2026-05-15T22:59`]);
    expect(meeting(again)).toEqual([
      `strategy-meeting ${care} met 2026-05-15T22:59`,
      `strategy-meeting ${care} open 2026-06-08T22:59`,
    ]);
  });

  it('the window is so many days by the calendar, also where the clocks go forward in it', () => {
    const three = ['2026-01-10T21:30:00Z', '2026-03-01T21:30:00Z', '2026-04-10T20:45:00Z'].flatMap((at, index) => [
      report(`MR-${index}`, at),
      back(`MR-${index}`, new Date(Date.parse(at) + 3_600_000).toISOString()),
    ]);
    // Ninety days after half past nine in winter is half past nine in summer, an hour sooner by Greenwich.
    const duties = of([open, looked, ...three], '2026-04-11T09:00:00Z').duties.join();
    expect(duties).not.toContain('strategy-meeting');
  });

  it('an area that counts thirty days counts thirty', () => {
    const leicester = fact(StatusRecordedSchema, '2026-01-02', {
      status: Status.LOOKED_AFTER,
      startedOn: '2026-01-02',
      responsibleAuthority: 'Leicester',
    });
    expect(of([open, leicester, ...nights], '2026-05-10T23:31:00Z').duties.join()).not.toContain('strategy-meeting');
  });
});

describe('one episode, however it is told', () => {
  const derby = fact(PlacementRecordedSchema, '2026-04-01', {
    startedOn: '2026-04-01',
    kind: 'childrens-home',
    area: 'Derby',
    outOfArea: true,
  });
  const home = (at: string) =>
    fact(CareMissingSchema, at, { reportReference: 'CH-7', kind: Kind.MISSING, placementArea: 'Derby' });
  const log = [
    fact(MissingReportedSchema, '2026-05-01T23:20:00Z', { reportReference: 'DB-1', risk: Risk.HIGH, force: '30' }),
    found('DB-1', '2026-05-02T01:00:00Z', 'police-custody'),
  ];
  const released = fact(CareReturnedSchema, '2026-05-02T10:00:00Z', {
    reportReference: 'CH-7',
    returnedTo: CareTo.CARE_SETTING,
  });

  it('police and a home that cross, a date entered wrongly, and its correction: one interview, and its clock stands', () => {
    const wrong = of([open, looked, derby, home('2026-04-30T22:40:00Z'), ...log, released], '2026-05-02T10:01:00Z');
    const right = of([open, looked, derby, home('2026-05-01T22:40:00Z'), ...log, released], '2026-05-02T10:01:00Z');
    const interviews = (one: typeof wrong) => one.duties.filter((duty) => duty.startsWith('return-home-interview'));
    expect(interviews(wrong)).toEqual([`return-home-interview ${care} open 2026-05-05T10:00`]);
    expect(interviews(right)).toEqual(interviews(wrong));
    expect(new Set(right.whole.duties.map(({ causes }) => causes.join())).size).toBeLessThanOrEqual(2);
  });

  it('the yearly return joins what was reported about that day, and adds no interview', () => {
    const row = fact(MissingEpisodeRecordedSchema, '2026-05-02', {
      childId: '1',
      kind: Kind.MISSING,
      startedOn: '2026-05-02',
      endedOn: '2026-05-02',
    });
    const { whole } = of([open, looked, derby, ...log, released, row], '2026-05-02T10:01:00Z');
    expect(whole.duties.filter(({ kind }) => kind === 'return-home-interview')).toHaveLength(1);
  });

  it('a second night is a second episode', () => {
    const again = report('DB-2', '2026-05-03T22:00:00Z');
    const { whole } = of(
      [open, looked, ...log, released, again, back('DB-2', '2026-05-04T08:00:00Z')],
      '2026-05-04T09:00:00Z',
    );
    expect(whole.duties.filter(({ kind }) => kind === 'return-home-interview')).toHaveLength(2);
  });

  it('any order of arrival derives the same', () => {
    const facts = [
      open,
      looked,
      derby,
      home('2026-05-01T22:40:00Z'),
      ...log,
      released,
      interview('RHI-1', '2026-05-04T15:00:00Z', Outcome.COMPLETED),
    ];
    const straight = of(facts, '2026-05-04T15:01:00Z');
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (shuffled) => {
        const mixed = of(shuffled, '2026-05-04T15:01:00Z');
        expect({ duties: mixed.duties, notices: mixed.notices }).toEqual({
          duties: straight.duties,
          notices: straight.notices,
        });
      }),
    );
  });
});

describe('what is said of one episode while another is told of', () => {
  it('ends the one that it names, and parts nobody else’s', () => {
    const home = fact(CareMissingSchema, '2026-05-02T22:00:00Z', { reportReference: 'H-2' });
    const facts = [
      ...[open, looked, report('MR-1', '2026-05-01T20:00:00Z'), found('MR-1', '2026-05-01T22:00:00Z')],
      // Entered late, with the time of its entry: within the next night, and between its two reports.
      ...[report('MR-2', '2026-05-02T20:00:00Z'), back('MR-1', '2026-05-02T21:00:00Z'), home],
    ];
    const { duties, whole } = of(facts, '2026-05-02T23:00:00Z');
    expect(duties).toEqual([
      'prevention-interview police@20 open',
      `return-home-interview ${care} open 2026-05-05T21:00`,
    ]);
    expect(whole.boards?.filter(({ board }) => board === 'missing-now')).toMatchObject([
      { causes: [expect.stringContaining('MR-2'), expect.stringContaining('H-2')] },
    ]);
  });

  it('a date that is wrong takes nothing from a report that is news', () => {
    const home = fact(
      CareMissingSchema,
      '2026-04-20T22:00:00Z',
      { reportReference: 'H-1' },
      { received: '2026-05-01T23:00:00Z' },
    );
    const facts = [open, looked, home, report('MR-1', '2026-05-01T21:40:00Z'), found('MR-1', '2026-05-01T23:00:00Z')];
    expect(of(facts, '2026-05-01T23:30:00Z').notices).toContain('missing-reported yos/named-case-manager urgent');
  });
});

describe('who stands on the board as missing now', () => {
  const now = (facts: readonly HeldFact[], at: string) =>
    (of([open, looked, ...facts], at).whole.boards ?? [])
      .filter(({ board }) => board === 'missing-now')
      .map(({ causes }) => causes.join());
  const yearly = (startedOn: string, endedOn = '') =>
    fact(MissingEpisodeRecordedSchema, startedOn, { kind: Kind.MISSING, startedOn, endedOn });
  const old = report('MR-1', '2026-04-01T20:00:00Z');

  it('whoever nobody says was found, however long ago that was', () => {
    expect(now([old], '2026-07-01T09:00:00Z')).toEqual([expect.stringContaining('MR-1')]);
    expect(now([old, found('MR-1', '2026-04-01T23:00:00Z')], '2026-07-01T09:00:00Z')).toEqual([]);
  });

  it('an episode that nobody closed leaves it when the child has come back from a later one, not while that goes on', () => {
    // A report without a time is an episode of its own; so is one after a return that names neither.
    const later = [old, yearly('2026-05-10')];
    expect(now(later, '2026-05-11T09:00:00Z')).toHaveLength(2);
    expect(now([old, yearly('2026-05-10', '2026-05-12')], '2026-05-13T09:00:00Z')).toEqual([]);
  });

  it('what a yearly return left open leaves it at the next episode', () => {
    const facts = [yearly('2026-03-01'), old];
    expect(now(facts.slice(0, 1), '2026-03-20T09:00:00Z')).toHaveLength(1);
    expect(now(facts, '2026-04-02T09:00:00Z')).toEqual([expect.stringContaining('MR-1')]);
  });

  it('nobody of whom it was brought as history, or reached the hub four weeks late', () => {
    const told = (received: string, history = false) =>
      fact(MissingReportedSchema, '2026-04-01T20:00:00Z', { reportReference: 'MR-1' }, { received, history });
    expect(now([told('2026-04-28T09:00:00Z')], '2026-04-28T10:00:00Z')).toHaveLength(1);
    expect(now([told('2026-05-01T09:00:00Z')], '2026-05-01T10:00:00Z')).toEqual([]);
    expect(now([told('2026-04-01T21:00:00Z', true)], '2026-04-02T10:00:00Z')).toEqual([]);
  });
});
