import { encode } from '../../../contracts/catalogue.js';
import {
  ScreeningCompleted_Part as Part,
  ScreeningCompletedSchema,
} from '../../../contracts/gen/hub/health/v1/assessment_pb.js';
import {
  HealthService,
  SubstanceMisuseAssessedSchema,
  SubstanceMisuseTreatmentEnded_Exit as Exit,
  SubstanceMisuseTreatmentEndedSchema,
} from '../../../contracts/gen/hub/health/v1/involvement_pb.js';
import type { Occurred, Person } from '../../../kernel/fact.js';
import { wireOf } from '../../reading/person.js';
import { required, type Place } from '../../reading/place.js';
import { ours, ownCode, serviceIn, wordsOf } from './codes.js';
import { providerOf, referenceOf, referredTo, whenIn, type Resource } from './resource.js';
import { notFinal, notTakenUp, type Saying } from './said.js';

const health = 'hub.health.v1';

/** A contact: taken up where it is a screening, an assessment, or the one at which treatment ended. */
export function encounter(resource: Resource, person: Person): Saying {
  const { place } = resource;
  const types = place.at('type').list();
  const service = serviceIn([place.at('serviceType'), ...types]);
  if (service === undefined) return notTakenUp;
  if (place.at('status').text() !== 'finished') return notFinal;
  const about = { provider: providerOf(resource, [place.at('serviceProvider')]), person: wireOf(person) };
  const period = place.at('period');
  const occurred = required(whenIn(period.at('end')) ?? whenIn(period.at('start')), period.at('end'));
  if (service === HealthService.SUBSTANCE_MISUSE) return treatmentContact(resource, occurred, about);
  if (service !== HealthService.CHAT && service !== HealthService.LIAISON_AND_DIVERSION) return notTakenUp;
  const reference = referenceOf(resource);
  const part = parts.get(types.flatMap((one) => ownCode(one, ours.screening) ?? [])[0] ?? '') ?? Part.UNSPECIFIED;
  const data = encode(ScreeningCompletedSchema, { screeningReference: reference, service, part, ...about });
  return [{ type: `${health}.ScreeningCompleted`, key: [reference], occurred, data }];
}

type About = { readonly provider: string; readonly person: ReturnType<typeof wireOf> };

function treatmentContact(resource: Resource, occurred: Occurred, about: About): Saying {
  const { place } = resource;
  const disposition = place.at('hospitalization').at('dischargeDisposition');
  if (!disposition.absent) {
    const [treatment] = place.at('episodeOfCare').list();
    const named = treatment && referredTo(resource, treatment);
    const treatmentReference = required(named, treatment ?? place.at('episodeOfCare'));
    const data = encode(SubstanceMisuseTreatmentEndedSchema, {
      treatmentReference,
      exit: exitIn(disposition),
      ...about,
    });
    return [{ type: `${health}.SubstanceMisuseTreatmentEnded`, key: [treatmentReference], occurred, data }];
  }
  const [referral] = place.at('basedOn').list();
  const referralReference = referral && referredTo(resource, referral);
  if (referralReference === undefined) return notTakenUp;
  const data = encode(SubstanceMisuseAssessedSchema, { referralReference, ...about });
  return [{ type: `${health}.SubstanceMisuseAssessed`, key: [referralReference], occurred, data }];
}

const parts: ReadonlyMap<string, Part> = new Map([
  ['reception', Part.RECEPTION],
  ['physical-health', Part.PHYSICAL_HEALTH],
  ['substance-misuse', Part.SUBSTANCE_MISUSE],
  ['mental-health', Part.MENTAL_HEALTH],
  ['neurodisability', Part.NEURODISABILITY],
]);

/** By our own code, else by the first word of the reasons that the national treatment monitoring system lists. */
function exitIn(disposition: Place): Exit {
  const code = ownCode(disposition, ours.exit);
  const words = wordsOf(disposition)?.toLowerCase() ?? '';
  const [, exit] = exits.find(([name, , start]) => code === name || words.startsWith(start)) ?? [];
  return required(exit, disposition.at('coding'));
}

const exits = [
  ['planned', Exit.PLANNED, 'treatment completed'],
  ['unplanned', Exit.UNPLANNED, 'incomplete'],
  ['transferred', Exit.TRANSFERRED, 'transferred'],
] as const;
