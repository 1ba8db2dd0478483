import {
  AppropriateAdultAttendedSchema,
  AppropriateAdultRequestedSchema,
  BailRefusedSchema,
  DetentionAuthorisedSchema,
  DetentionCertificateIssued_Ground as Ground,
  DetentionCertificateIssuedSchema,
  DetentionEnded_Outcome as End,
  DetentionEndedSchema,
  DetentionReviewed_Outcome as Review,
  DetentionReviewedSchema,
  LocalAuthorityAccommodationAnswered_Answer as Answer,
  LocalAuthorityAccommodationAnsweredSchema,
  LocalAuthorityAccommodationRequestedSchema,
} from '../../contracts/gen/hub/police/v1/custody_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** A night in a police cell: one of each. */
export function everyPoliceCustodyEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const custodyNumber = `99TC/${serial}/26`;
  const requestReference = `AA-${serial}`;
  const courtDate = time.slice(0, 10);
  const accommodation = { requestReference: `LA-${serial}`, custodyNumber, authority: 'Fernhill', person };
  return [
    canonicalEvent(DetentionAuthorisedSchema, told('detention-authorised', 'nominal'), {
      custodyNumber,
      relevantTime: time,
      station: 'Fernhill',
      force: '99',
      grounds: 'To secure and preserve evidence',
      person,
    }),
    canonicalEvent(DetentionReviewedSchema, told('detention-reviewed', 'nominal'), {
      custodyNumber,
      reviewNumber: 1,
      outcome: Review.CONTINUED,
      nextReviewDue: time,
      person,
    }),
    canonicalEvent(DetentionEndedSchema, told('detention-ended', 'nominal'), {
      custodyNumber,
      outcome: End.KEPT_FOR_COURT,
      person,
    }),
    canonicalEvent(AppropriateAdultRequestedSchema, told('adult-requested', 'nominal'), {
      requestReference,
      custodyNumber,
      requestedFrom: 'yos',
      neededFor: time,
      person,
    }),
    canonicalEvent(AppropriateAdultAttendedSchema, told('adult-attended', 'nominal'), {
      requestReference,
      custodyNumber,
      providedBy: 'yos',
      person,
    }),
    canonicalEvent(BailRefusedSchema, told('bail-refused', 'nominal'), {
      custodyNumber,
      reason: 'Likely to fail to come to court',
      courtDate,
      person,
    }),
    canonicalEvent(LocalAuthorityAccommodationRequestedSchema, told('accommodation-requested', 'nominal'), {
      ...accommodation,
      secure: true,
    }),
    canonicalEvent(LocalAuthorityAccommodationAnsweredSchema, told('accommodation-answered', 'nominal'), {
      ...accommodation,
      answer: Answer.NO_SECURE_AVAILABLE,
    }),
    canonicalEvent(DetentionCertificateIssuedSchema, told('detention-certificate', 'nominal'), {
      custodyNumber,
      ground: Ground.NO_SECURE_ACCOMMODATION,
      reason: 'No secure bed could be found before court',
      courtDate,
      person,
    }),
  ];
}
