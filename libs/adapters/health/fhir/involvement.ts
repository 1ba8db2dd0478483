import { encode } from '../../../contracts/catalogue.js';
import {
  HealthService,
  InvolvementRecorded_Milestone as Milestone,
  InvolvementRecordedSchema,
  SubstanceMisuseReferredSchema,
  SubstanceMisuseTreatmentStartedSchema,
} from '../../../contracts/gen/hub/health/v1/involvement_pb.js';
import type { Occurred, Person } from '../../../kernel/fact.js';
import { wireOf } from '../../reading/person.js';
import { required } from '../../reading/place.js';
import { serviceIn } from './codes.js';
import { dayOf, providerOf, referenceOf, referredTo, whenIn, type Resource } from './resource.js';
import { notFinal, notTakenUp, type Said, type Saying } from './said.js';

const health = 'hub.health.v1';

/** A referral. Why somebody was referred is not read: that there was a referral is what others may know. */
export function serviceRequest(resource: Resource, person: Person): Saying {
  const { place } = resource;
  const service = serviceIn([...place.at('category').list(), place.at('code'), place.at('performerType')]);
  if (service === undefined) return notTakenUp;
  const status = place.at('status').text();
  if (status === 'draft' || status === 'unknown') return notFinal;
  const reference = referenceOf(resource);
  const provider = providerOf(resource, place.at('performer').list());
  const occurred = required(whenIn(place.at('authoredOn')), place.at('authoredOn'));
  const referred =
    service === HealthService.SUBSTANCE_MISUSE
      ? {
          type: `${health}.SubstanceMisuseReferred`,
          key: [reference],
          occurred,
          data: encode(SubstanceMisuseReferredSchema, {
            referralReference: reference,
            provider,
            person: wireOf(person),
          }),
        }
      : milestone(Milestone.REFERRED, { reference, service, provider, occurred, person });
  if (status !== 'revoked') return [referred];
  // When it was turned down it does not say: it is known since it was last written down.
  const since: Occurred = { at: resource.statedAt, precision: 'instant' };
  return [referred, milestone(Milestone.NOT_TAKEN_ON, { reference, service, provider, occurred: since, person })];
}

/** An involvement, from its start to its end. */
export function episodeOfCare(resource: Resource, person: Person): Saying {
  const { place } = resource;
  const service = serviceIn(place.at('type').list());
  if (service === undefined) return notTakenUp;
  const status = place.at('status').text() ?? '';
  const period = place.at('period');
  const start = whenIn(period.at('start'));
  if (status === 'planned' || status === 'waitlist') return notFinal;
  const provider = providerOf(resource, [place.at('managingOrganization')]);
  const reference = referenceOf(resource);
  const [request] = place.at('referralRequest').list();
  const referralReference = (request && referredTo(resource, request)) ?? '';
  const of = { reference, referralReference, service, provider, person };
  if (status === 'cancelled' && start === undefined) return notFinal;
  const occurred = required(start, period.at('start'));
  const started =
    service === HealthService.SUBSTANCE_MISUSE
      ? {
          type: `${health}.SubstanceMisuseTreatmentStarted`,
          key: [reference],
          occurred,
          data: encode(SubstanceMisuseTreatmentStartedSchema, {
            treatmentReference: reference,
            referralReference,
            provider,
            person: wireOf(person),
          }),
        }
      : milestone(Milestone.STARTED, { ...of, occurred });
  const end = whenIn(period.at('end'));
  const over = status === 'finished' || status === 'cancelled';
  return over ? [started, milestone(Milestone.ENDED, { ...of, occurred: required(end, period.at('end')) })] : [started];
}

interface Involvement {
  readonly reference: string;
  readonly referralReference?: string;
  readonly service: HealthService;
  readonly provider: string;
  readonly occurred: Occurred;
  readonly person: Person;
}

function milestone(reached: Milestone, of: Involvement): Said {
  const { reference, referralReference = '', service, provider, occurred, person } = of;
  return {
    type: `${health}.InvolvementRecorded`,
    key: [reference, String(reached)],
    occurred,
    data: encode(InvolvementRecordedSchema, {
      involvementReference: reference,
      referralReference,
      milestone: reached,
      service,
      provider,
      on: dayOf(occurred),
      person: wireOf(person),
    }),
  };
}
