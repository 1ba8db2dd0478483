import { describe, expect, it } from '@jest/globals';
import { create, toBinary, toJson, type JsonObject, type MessageInitShape } from '@bufbuild/protobuf';
import type { GenMessage } from '@bufbuild/protobuf/codegenv2';
import type { Message } from '@bufbuild/protobuf';
import { catalogue, decode } from '../contracts/catalogue.js';
import { ResultRecordedSchema } from '../contracts/gen/hub/court/v1/court_pb.js';
import {
  ActiveStatusChangedSchema,
  MissingReportedSchema,
  MissingReported_RiskGrade,
  RiskFlagChangedSchema,
  RiskFlagChanged_Risk,
} from '../contracts/gen/hub/police/v1/police_pb.js';
import {
  MissingEpisodeRecorded_Kind,
  MissingEpisodeRecordedSchema,
  StatusRecorded_Status,
  StatusRecordedSchema,
} from '../contracts/gen/hub/social_care/v1/social_care_pb.js';
import {
  AppointmentRecordedSchema,
  CaseAllocatedSchema,
  RiskJudged_Judgement,
  RiskJudged_Level,
  RiskJudgedSchema,
} from '../contracts/gen/hub/yos/v1/yos_pb.js';
import { summaryOf, type Summary } from './summary.js';

function told<M extends Message>(schema: GenMessage<M>, init: MessageInitShape<GenMessage<M>>): Summary {
  return summaryOf(schema.typeName, decode(schema.typeName, toBinary(schema, create(schema, init))));
}

describe('an event in plain words', () => {
  it('a missing report says the grade, times in London and who reported', () => {
    const summary = told(MissingReportedSchema, {
      reportReference: 'MP-26-0042',
      risk: MissingReported_RiskGrade.HIGH,
      reportedBy: 'placement',
      lastSeen: 'school',
      lastSeenAt: '2026-07-03T21:40:00Z',
      force: '20',
      person: { givenNames: 'Robin', familyName: 'Example' },
    });
    expect(summary).toEqual({
      title: 'Reported missing: high risk',
      lines: [
        { label: 'Risk grade', value: 'High risk' },
        { label: 'Last seen at', value: 'School' },
        { label: 'Last seen', value: '3 July 2026 at 22:40' },
        { label: 'Reported by', value: 'Placement' },
        { label: 'Police force', value: 'West Midlands' },
        { label: 'Report reference', value: 'MP-26-0042' },
      ],
    });
  });

  it('a court result says its terms in the court’s order and leaves out the court’s own keys', () => {
    const summary = told(ResultRecordedSchema, {
      hearingId: 'h',
      hearingDay: '2026-03-03',
      defendantId: 'd',
      offenceId: 'o',
      resultId: 'r',
      resultTitle: 'Referral order',
      plea: 'NOT_GUILTY',
      jurisdiction: 'MAGISTRATES',
      courtCode: 'B20EB',
      terms: [
        { label: 'Length of order', value: '6 Months' },
        { label: 'Referred to', value: 'Coventry' },
      ],
    });
    expect(summary.title).toBe('Court result: Referral order');
    expect(summary.lines).toEqual([
      { label: 'Result', value: 'Referral order' },
      { label: 'Length of order', value: '6 Months' },
      { label: 'Referred to', value: 'Coventry' },
      { label: 'Plea', value: 'Not guilty' },
      { label: 'Jurisdiction', value: 'Magistrates’ court' },
      { label: 'Hearing day', value: '3 March 2026' },
      { label: 'Court code', value: 'B20EB' },
    ]);
  });

  it('an episode keeps the two kinds of absence apart, and says when it has no end', () => {
    const kind = MissingEpisodeRecorded_Kind.AWAY_WITHOUT_AUTHORISATION;
    const summary = told(MissingEpisodeRecordedSchema, { childId: 'c', kind, startedOn: '2026-02-01' });
    expect(summary.title).toBe('Away from placement without authorisation');
    expect(summary.lines).toContainEqual({ label: 'Last day', value: 'Not ended when this was stated' });
    expect(summary.lines.map(({ value }) => value)).not.toContain('c');
  });

  it('a missed appointment is said, though protobuf leaves out what is false', () => {
    const summary = told(AppointmentRecordedSchema, { appointmentReference: 'A1', purpose: 'reparation' });
    expect(summary.title).toBe('Appointment: not attended');
    expect(summary.lines).toContainEqual({ label: 'Attended', value: 'No' });
    expect(summary.lines).toContainEqual({ label: 'Purpose', value: 'Reparation' });
  });

  it('a risk judgement says of what, how high, and whether a manager has countersigned it', () => {
    const judged = { judgement: RiskJudged_Judgement.HARM_TO_OTHERS, level: RiskJudged_Level.VERY_HIGH };
    const summary = told(RiskJudgedSchema, { ...judged, judgedOn: '2026-03-01' });
    expect(summary.title).toBe('Risk judged: harm to others, very high');
    expect(summary.lines).toContainEqual({
      label: 'Countersigned on',
      value: 'Not countersigned when this was stated',
    });
  });

  it('what has ended says so in its title', () => {
    const status = StatusRecorded_Status.CHILD_PROTECTION_PLAN;
    const open = told(StatusRecordedSchema, { status, startedOn: '2026-01-05' });
    const ended = told(StatusRecordedSchema, { status, startedOn: '2026-01-05', endedOn: '2026-03-01' });
    expect([open.title, ended.title]).toEqual(['On a child protection plan', 'Ended: on a child protection plan']);
  });

  it('what a police record says is told with when it was seen, which is not when it changed', () => {
    const observedAt = '2026-03-03T08:00:00Z';
    const risk = RiskFlagChanged_Risk.CRIMINAL_EXPLOITATION;
    expect(told(RiskFlagChangedSchema, { risk, observedAt })).toEqual({
      title: 'Police record: not flagged: criminal exploitation',
      lines: [
        { label: 'Risk of', value: 'Criminal exploitation' },
        { label: 'At risk', value: 'No' },
        { label: 'Seen in the record', value: '3 March 2026 at 08:00' },
      ],
    });
    const ended = told(ActiveStatusChangedSchema, { status: 'Bail', ended: true, observedAt });
    expect(ended.title).toBe('Police record: no longer active: Bail');
  });

  it('names and free text stand as they were written', () => {
    const summary = told(CaseAllocatedSchema, { worker: 'asingh', workerName: 'A Singh', team: 'MASH' });
    expect(summary.title).toBe('Case manager allocated: A Singh');
    expect(summary.lines.map(({ value }) => value)).toEqual(['A Singh', 'MASH', 'asingh']);
  });
});

describe('what this version does not know', () => {
  it('an unknown type is shown under its own name', () => {
    const summary = summaryOf('hub.health.v2.CamhsReferralAccepted', undefined);
    expect(summary.title).toBe('Camhs referral accepted');
    expect(summary.lines).toHaveLength(1);
  });

  it('an unknown type whose fields are readable shows them all', () => {
    const content: JsonObject = { seen_by: 'nurse', planned: false, place: { floorNumber: 2 }, none: null };
    expect(summaryOf('hub.health.v1.Screened', content).lines).toEqual([
      { label: 'Seen by', value: 'nurse' },
      { label: 'Planned', value: 'No' },
      { label: 'Place: Floor number', value: '2' },
    ]);
  });

  it('an unknown field or value of a known type is shown as it is', () => {
    const summary = summaryOf('hub.police.v1.MissingReported', {
      risk: 'RISK_GRADE_VERY_HIGH',
      newField: 'x',
      lastSeenAt: '2026-02-30T10:00:00Z',
    });
    expect(summary.title).toBe('Reported missing');
    expect(summary.lines).toEqual([
      { label: 'Risk grade', value: 'Very high' },
      { label: 'Last seen', value: '2026-02-30T10:00:00Z' },
      { label: 'New field', value: 'x' },
    ]);
  });

  it('a name that JavaScript gives a meaning is only a name', () => {
    expect(summaryOf('constructor', { constructor: 'toString' }).lines).toEqual([
      { label: 'Constructor', value: 'toString' },
    ]);
    const report = { reportedBy: 'constructor', risk: 'valueOf' };
    expect(summaryOf('hub.police.v1.MissingReported', report).title).toBe('Reported missing');
  });

  it('no canonical type goes without a title, whatever it holds', () => {
    for (const [type, { schema }] of catalogue) {
      const empty = summaryOf(type, toJson(schema, create(schema)) as JsonObject);
      expect(empty.title.length).toBeGreaterThan(2);
    }
  });
});
