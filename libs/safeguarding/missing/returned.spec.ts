import { describe, expect, it } from '@jest/globals';
import {
  PreventionInterviewRecorded_Outcome as Prevention,
  PreventionInterviewRecordedSchema,
} from '../../contracts/gen/hub/police/v1/missing_pb.js';
import {
  ChildReturned_ReturnedTo as CareTo,
  ChildReturnedSchema as CareReturnedSchema,
} from '../../contracts/gen/hub/social_care/v1/missing_pb.js';
import {
  ReturnInterviewRecorded_Outcome as Outcome,
  ReturnInterviewRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import { ReturnInterviewUseRecordedSchema } from '../../contracts/gen/hub/yos/v1/missing_and_exploitation_pb.js';
import { AppointmentPlannedSchema } from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import type { HeldFact } from '../../kernel/capability.js';
import { fact } from '../../testing/reactions/given.js';
import { open, looked, report, found, back, interview, of, care } from '../../testing/safeguarding/a-night.js';

describe('A2 and A3: found, and returned', () => {
  const night = [open, looked, report('MR-1', '2026-05-01T21:40:00Z'), found('MR-1', '2026-05-02T02:00:00Z')];

  it('found asks the police for a prevention interview, and starts no clock', () => {
    expect(of(night, '2026-05-02T03:00:00Z').duties).toEqual(['prevention-interview police@20 open']);
  });

  it('a return to home or care starts 72 hours', () => {
    const { duties } = of([...night, back('MR-1', '2026-05-02T11:00:00Z')], '2026-05-02T12:00:00Z');
    expect(duties).toEqual([
      'prevention-interview police@20 open',
      `return-home-interview ${care} open 2026-05-05T11:00`,
    ]);
  });

  it('a return of which only the day is known runs from its end', () => {
    const day = fact(CareReturnedSchema, '2026-05-02', { reportReference: 'X', returnedTo: CareTo.CARE_SETTING });
    expect(of([...night, day], '2026-05-02T12:00:00Z').duties).toContain(
      `return-home-interview ${care} open 2026-05-05T22:59`,
    );
  });

  it('found into police custody starts no clock and asks for a decision, which a return home settles', () => {
    const cells = [...night.slice(0, 3), found('MR-1', '2026-05-02T02:00:00Z', 'police-custody')];
    expect(of(cells, '2026-05-02T03:00:00Z').duties).toEqual([
      `decide-return-interview ${care} open`,
      'prevention-interview police@20 open',
    ]);
    const settled = of([...cells, back('MR-1', '2026-05-02T11:00:00Z')], '2026-05-02T12:00:00Z').duties;
    expect(settled).toContain(`decide-return-interview ${care} met`);
    expect(settled).toContain(`return-home-interview ${care} open 2026-05-05T11:00`);
  });

  it.each([
    ['police custody', CareTo.POLICE_CUSTODY, 'missing-found-in-custody', [`decide-return-interview ${care} open`]],
    ['hospital', CareTo.HOSPITAL, 'missing-found', []],
    ['somewhere else', CareTo.OTHER, 'missing-found', []],
  ])('brought to %s, and by nobody said to be found: missing no more, and no clock', (_, returnedTo, kind, decide) => {
    const brought = fact(CareReturnedSchema, '2026-05-02T02:00:00Z', { reportReference: 'MR-1', returnedTo });
    const { duties, whole } = of([...night.slice(0, 3), brought], '2026-05-02T03:00:00Z');
    expect(duties).toEqual([...decide, 'prevention-interview police@20 open']);
    expect(whole.notices.map((one) => one.kind)).toContain(kind);
    expect(whole.boards?.filter(({ board }) => board === 'missing-now')).toEqual([]);
    const home = back('MR-1', '2026-05-03T11:00:00Z');
    expect(of([...night.slice(0, 3), brought, home], '2026-05-03T12:00:00Z').duties).toContain(
      `return-home-interview ${care} open 2026-05-06T11:00`,
    );
  });

  it('that the child was found stays told when they are back, and is not told besides a return at the same time', () => {
    const facts = [open, looked, report('MR-1', '2026-05-01T20:00:00Z'), found('MR-1', '2026-05-01T22:00:00Z')];
    const kinds = (more: readonly HeldFact[]) =>
      new Set(of([...facts, ...more], '2026-05-02T01:00:00Z').whole.notices.map(({ kind }) => kind));
    expect(kinds([])).toEqual(new Set(['missing-reported', 'missing-found']));
    expect(kinds([back('MR-1', '2026-05-02T00:00:00Z')])).toEqual(
      new Set(['missing-reported', 'missing-found', 'missing-returned']),
    );
    expect(kinds([back('MR-1', '2026-05-01T22:00:00Z')])).toEqual(new Set(['missing-reported', 'missing-returned']));
  });

  it('the prevention interview and the return interview meet what they are about', () => {
    const prevention = fact(PreventionInterviewRecordedSchema, '2026-05-02T03:00:00Z', {
      reportReference: 'MR-1',
      outcome: Prevention.COMPLETED,
    });
    const held = interview('RHI-1', '2026-05-04T15:00:00Z', Outcome.COMPLETED, { episodeReference: 'MR-1' });
    const { duties } = of([...night, back('MR-1', '2026-05-02T11:00:00Z'), prevention, held], '2026-05-04T15:01:00Z');
    expect(duties).toContain('prevention-interview police@20 met');
    expect(duties).toContain(`return-home-interview ${care} met 2026-05-05T11:00`);
  });

  it.each([
    ['offered leaves it open', Outcome.OFFERED, {}, 'open'],
    ['declined meets it', Outcome.DECLINED, {}, 'met'],
    ['not held with a reason meets it', Outcome.NOT_HELD, { reason: 'moved away' }, 'met'],
    ['not held, and nobody says why, leaves it open', Outcome.NOT_HELD, {}, 'open'],
  ])('an interview %s', (_, outcome, more, state) => {
    const facts = [
      ...night,
      back('MR-1', '2026-05-02T11:00:00Z'),
      interview('RHI-1', '2026-05-03T09:00:00Z', outcome, more),
    ];
    expect(of(facts, '2026-05-03T10:00:00Z').duties).toContain(
      `return-home-interview ${care} ${state} 2026-05-05T11:00`,
    );
  });

  it('late, it goes to the owner, then to the line above, hour by hour', () => {
    const facts = [...night, back('MR-1', '2026-05-02T11:00:00Z')];
    const kinds = (at: string) =>
      of(facts, at)
        .notices.filter((one) => one.startsWith('return-home'))
        .map((one) => one.split(' ')[0]);
    expect(kinds('2026-05-04T10:59:00Z')).toEqual([]);
    expect(kinds('2026-05-04T11:00:00Z')).toEqual(['return-home-interview-due-soon']);
    expect(kinds('2026-05-05T11:00:00Z')).toEqual(['return-home-interview-late']);
    expect(kinds('2026-05-06T11:00:00Z')).toEqual([
      'return-home-interview-escalated-head-of-service',
      'return-home-interview-escalated-team-manager',
      'return-home-interview-late',
    ]);
    expect(of(facts, '2026-05-02T12:00:00Z').whole.next).toBe('2026-05-04T11:00:00Z');
  });

  describe('an appointment in the window', () => {
    const planned = (more: object = {}, came: { stated?: string; corrected?: boolean } = {}) =>
      fact(
        AppointmentPlannedSchema,
        '2026-05-01T09:00:00Z',
        { appointmentReference: 'AP-1', plannedFor: '2026-05-04T14:00:00Z', ...more },
        came,
      );
    const slotsOf = (...more: readonly HeldFact[]) =>
      of([...night, back('MR-1', '2026-05-02T11:00:00Z'), ...more], '2026-05-03T12:00:00Z').notices.filter((one) =>
        one.startsWith('interview-slot'),
      );
    const told = (kind: string) => [
      `${kind} social-care/return-interviewer@E08000026 ordinary`,
      `${kind} social-care/social-worker@E08000026 ordinary`,
    ];
    const later = { corrected: true, stated: '2026-05-03T09:00:00Z' };

    it('is offered to the interviewer, who is independent of supervision, and to whoever answers for the interview', () => {
      expect(slotsOf(planned())).toEqual(told('interview-slot'));
    });

    it('is offered once, also where it lies in the windows of two episodes', () => {
      const second = [report('MR-2', '2026-05-02T20:00:00Z'), back('MR-2', '2026-05-03T07:00:00Z')];
      expect(slotsOf(...second, planned())).toEqual(told('interview-slot'));
    });

    it('is not offered when it is before the return or after the limit, or once the interview has been settled', () => {
      expect(slotsOf(planned({ plannedFor: '2026-05-02T10:59:00Z' }))).toEqual([]);
      expect(slotsOf(planned({ plannedFor: '2026-05-05T11:01:00Z' }))).toEqual([]);
      for (const outcome of [Outcome.COMPLETED, Outcome.DECLINED, Outcome.NOT_HELD])
        expect(slotsOf(planned(), interview('RHI-1', '2026-05-03T09:00:00Z', outcome))).toEqual([]);
      expect(slotsOf(planned(), interview('RHI-1', '2026-05-03T09:00:00Z', Outcome.OFFERED))).toHaveLength(2);
    });

    it('is offered up to the limit also after a return of which only the day is known: that runs from its end', () => {
      const day = fact(CareReturnedSchema, '2026-05-02', { reportReference: 'X', returnedTo: CareTo.CARE_SETTING });
      const last = planned({ plannedFor: '2026-05-05T15:00:00Z' });
      const { notices } = of([...night, day, last], '2026-05-03T12:00:00Z');
      expect(notices.filter((one) => one.startsWith('interview-slot'))).toEqual(told('interview-slot'));
    });

    it('of which nobody can read the time is not offered', () => {
      expect(slotsOf(planned({ plannedFor: 'next week' }))).toEqual([]);
    });

    it('is told of again when it is moved or called off after the child was back, and not before', () => {
      expect(slotsOf(planned({ plannedFor: '2026-05-04T16:00:00Z' }, later))).toEqual(told('interview-slot-moved'));
      expect(slotsOf(planned({ cancelled: true }, later))).toEqual(told('interview-slot-gone'));
      const before = { corrected: true, stated: '2026-05-01T20:00:00Z' };
      expect(slotsOf(planned({}, before))).toEqual(told('interview-slot'));
      expect(slotsOf(planned({ cancelled: true }, before))).toEqual([]);
    });
  });
});

describe('A4 and A5: what becomes of the interview', () => {
  const night = [open, looked, report('MR-1', '2026-05-01T21:40:00Z'), back('MR-1', '2026-05-02T11:00:00Z')];

  it('completed, the case manager has a working day to use it, and closes the loop', () => {
    const held = interview('RHI-1', '2026-05-04T15:00:00Z', Outcome.COMPLETED);
    // The fourth is a bank holiday in 2026: the next working day is the fifth.
    expect(of([...night, held], '2026-05-04T15:01:00Z').duties).toContain(
      'use-return-interview yos open 2026-05-05T22:59',
    );
    const used = fact(ReturnInterviewUseRecordedSchema, '2026-05-05T10:00:00Z', {
      interviewReference: 'RHI-1',
      howUsed: 'in the plan',
    });
    expect(of([...night, held, used], '2026-05-05T10:01:00Z').duties).toContain(
      'use-return-interview yos met 2026-05-05T22:59',
    );
  });

  it('flagged, at once', () => {
    const held = interview('RHI-1', '2026-05-04T15:00:00Z', Outcome.COMPLETED, {
      flaggedUrgent: true,
      heldAt: '2026-05-04T15:00:00Z',
    });
    const { duties, notices } = of([...night, held], '2026-05-04T15:01:00Z');
    expect(duties).toContain('use-return-interview yos open 2026-05-04T16:00');
    expect(notices).toContain('return-interview-completed yos/named-case-manager urgent');
  });

  it('held at a time that nobody can read counts from when it was said to be', () => {
    const held = interview('RHI-1', '2026-05-06T15:00:00Z', Outcome.COMPLETED, { heldAt: 'yesterday at four' });
    expect(of([...night, held], '2026-05-06T15:01:00Z').duties).toContain(
      'use-return-interview yos open 2026-05-07T22:59',
    );
  });

  describe('not held without a reason', () => {
    const at = '2026-05-05T09:00:00Z';
    const bare = interview('RHI-1', at, Outcome.NOT_HELD);
    const asked = `reason-for-no-interview ${care}`;
    const states = (facts: readonly HeldFact[], now = '2026-05-05T10:00:00Z') =>
      of([...night, ...facts], now).duties.filter((one) => /^re(ason|turn)/.test(one));

    it('asks for one without delay, and the clock of the interview goes on', () => {
      expect(states([bare])).toEqual([`${asked} open`, `return-home-interview ${care} open 2026-05-05T11:00`]);
      expect(states([bare], '2026-05-06T11:00:00Z')).toEqual([
        `${asked} open`,
        `return-home-interview ${care} late 2026-05-05T11:00`,
      ]);
    });

    it.each([
      ['a correction', { corrected: true }, 'RHI-1'],
      ['another statement', {}, 'RHI-2'],
    ])('is answered by %s that says why: done, not taken back', (_, came, reference) => {
      const why = fact(
        ReturnInterviewRecordedSchema,
        reference === 'RHI-1' ? at : '2026-05-05T10:30:00Z',
        { interviewReference: reference, outcome: Outcome.NOT_HELD, reason: 'moved away' },
        came,
      );
      expect(states(reference === 'RHI-1' ? [why] : [bare, why], '2026-05-05T10:40:00Z')).toEqual([
        `${asked} met`,
        `return-home-interview ${care} met 2026-05-05T11:00`,
      ]);
    });

    it('with a reason from the first asks for nothing', () => {
      const reason = interview('RHI-1', at, Outcome.NOT_HELD, { reason: 'moved away' });
      expect(states([reason])).toEqual([`return-home-interview ${care} met 2026-05-05T11:00`]);
    });
  });
});
