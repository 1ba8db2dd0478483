import {
  InvestigationEnded_Outcome as Investigated,
  InvestigationEndedSchema,
  OutOfCourtDisposalEnded_Outcome as Ended,
  OutOfCourtDisposalEndedSchema,
  OutOfCourtDisposalGiven_Kind as Kind,
  OutOfCourtDisposalGivenSchema,
  ReleasedOnBail_Stage as Stage,
  ReleasedOnBailSchema,
  ReleasedUnderInvestigationSchema,
} from '../../contracts/gen/hub/police/v1/disposals_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** How a case goes on after arrest without a court: one of each. */
export function everyPoliceDisposalEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const custodyNumber = `99TC/${serial}/26`;
  const disposalReference = `OOCD-${serial}`;
  const day = time.slice(0, 10);
  const offence = { offenceCode: 'TH68010', offenceTitle: 'Theft from a shop' };
  return [
    canonicalEvent(ReleasedUnderInvestigationSchema, told('under-investigation', 'nominal'), {
      custodyNumber,
      ...offence,
      force: '99',
      person,
    }),
    canonicalEvent(ReleasedOnBailSchema, told('police-bail', 'nominal'), {
      custodyNumber,
      stage: Stage.PRE_CHARGE,
      returnOn: day,
      conditions: ['Not to enter Fernhill shopping centre'],
      offenceTitle: offence.offenceTitle,
      person,
    }),
    canonicalEvent(InvestigationEndedSchema, told('investigation-ended', 'nominal'), {
      custodyNumber,
      outcome: Investigated.OUT_OF_COURT_DISPOSAL,
      person,
    }),
    canonicalEvent(OutOfCourtDisposalGivenSchema, told('disposal-given', 'nominal'), {
      disposalReference,
      kind: Kind.YOUTH_CONDITIONAL_CAUTION,
      ...offence,
      admitted: true,
      givenOn: day,
      conditions: ['Write a letter of apology'],
      completeBy: day,
      custodyNumber,
      force: '99',
      person,
    }),
    canonicalEvent(OutOfCourtDisposalEndedSchema, told('disposal-ended', 'nominal'), {
      disposalReference,
      outcome: Ended.NOT_COMPLETED,
      reason: 'The letter was not written',
      person,
    }),
  ];
}
