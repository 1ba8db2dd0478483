import { describe, expect, it } from '@jest/globals';
import {
  PreventionInterviewRecorded_Outcome as Prevention,
  PreventionInterviewRecordedSchema,
} from '../../contracts/gen/hub/police/v1/missing_pb.js';
import {
  ChildReturned_ReturnedTo as CareTo,
  ChildReturnedSchema as CareReturnedSchema,
} from '../../contracts/gen/hub/social_care/v1/missing_pb.js';
import { ReturnInterviewRecorded_Outcome as Outcome } from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
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

  it('not held without a reason asks for one', () => {
    const bare = interview('RHI-1', '2026-05-05T09:00:00Z', Outcome.NOT_HELD);
    expect(of([...night, bare], '2026-05-05T10:00:00Z').duties).toContain(
      `reason-for-no-interview ${care} open 2026-05-06T22:59`,
    );
    const reason = interview('RHI-1', '2026-05-05T09:00:00Z', Outcome.NOT_HELD, { reason: 'moved away' });
    expect(of([...night, reason], '2026-05-05T10:00:00Z').duties.join()).not.toContain('reason-for');
  });
});
