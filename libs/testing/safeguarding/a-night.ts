import { ChildReturned_ReturnedTo as To, ChildReturnedSchema } from '../../contracts/gen/hub/police/v1/missing_pb.js';
import {
  MissingFoundSchema,
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../contracts/gen/hub/police/v1/police_pb.js';
import type { ReturnInterviewRecorded_Outcome as Outcome } from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import {
  ReturnInterviewRecordedSchema,
  StatusRecorded_Status as Status,
  StatusRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import { CaseAllocatedSchema } from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import type { HeldFact } from '../../kernel/capability.js';
import { loadRulebook } from '../../duties/rulebook/load-rulebook.js';
import { derived, fact, known } from '../reactions/given.js';
import { missing } from '../../safeguarding/missing/missing.js';

/** What is told of one night, with little of it said: what a story needs more of it says itself. */
export const { rules } = loadRulebook(undefined);
export const open = fact(CaseAllocatedSchema, '2026-01-05T09:00:00Z', { worker: 'casey.manager' });
export const looked = fact(StatusRecordedSchema, '2026-01-02', {
  status: Status.LOOKED_AFTER,
  startedOn: '2026-01-02',
  responsibleAuthority: 'Coventry',
});
export const report = (ref: string, at: string, risk = Risk.MEDIUM) =>
  fact(MissingReportedSchema, at, { reportReference: ref, risk, force: '20' });
export const found = (ref: string, at: string, foundAt = 'friend') =>
  fact(MissingFoundSchema, at, { reportReference: ref, foundAt });
export const back = (ref: string, at: string, returnedTo = To.HOME) =>
  fact(ChildReturnedSchema, at, { reportReference: ref, returnedTo });
export const interview = (ref: string, at: string, outcome: Outcome, more: object = {}) =>
  fact(ReturnInterviewRecordedSchema, at, { interviewReference: ref, outcome, ...more });
export const of = (facts: readonly HeldFact[], at: string, child = known) => derived(missing, facts, rules, at, child);
export const care = 'social-care@E08000026';
