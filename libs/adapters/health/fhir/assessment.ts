import { encode } from '../../../contracts/catalogue.js';
import {
  HealthNeedRecorded_Kind as Need,
  HealthNeedRecordedSchema,
  ScoreRecordedSchema,
} from '../../../contracts/gen/hub/health/v1/assessment_pb.js';
import type { Person } from '../../../kernel/fact.js';
import { BadPart } from '../../reading/bad-part.js';
import { wireOf } from '../../reading/person.js';
import { required, type Place } from '../../reading/place.js';
import { ours, ownCode, scaleIn, wordsOf } from './codes.js';
import { providerOf, referenceOf, whenIn, type Resource } from './resource.js';
import { notFinal, notTakenUp, type Saying } from './said.js';

/** A score on a scale that the rulebook knows. What it means is not the adapter's to say. */
export function observation(resource: Resource, person: Person): Saying {
  const { place } = resource;
  const rated = scaleIn(place.at('code'));
  if (rated === undefined) return notTakenUp;
  if (!['final', 'amended', 'corrected'].includes(place.at('status').text() ?? '')) return notFinal;
  const time = place.at('effectiveDateTime').absent ? place.at('effectiveInstant') : place.at('effectiveDateTime');
  const occurred = required(whenIn(time), time);
  const total = points(place);
  if (!Number.isInteger(total) || total < 0 || total > rated.most)
    throw new BadPart('out-of-range', `the total is a whole number from 0 to ${rated.most}`, place.pointer);
  const reference = referenceOf(resource);
  const data = encode(ScoreRecordedSchema, {
    scoreReference: reference,
    scale: rated.scale,
    rater: rated.rater,
    total,
    parts: place.at('component').list().map(partScore), // prettier-ignore
    provider: providerOf(resource, place.at('performer').list()),
    person: wireOf(person),
  });
  return [{ type: 'hub.health.v1.ScoreRecorded', key: [reference], occurred, data }];
}

function partScore(component: Place) {
  return { label: (wordsOf(component.at('code')) ?? '').slice(0, 200), value: String(points(component)) };
}

function points(place: Place): number {
  const quantity = place.at('valueQuantity').at('value');
  const value = place.at('valueInteger').number() ?? quantity.number();
  return required(value, place.at('valueInteger'));
}

/** An allergy, whatever it is to: whoever keeps the child has to know. */
export function allergy(resource: Resource, person: Person): Saying {
  const { place } = resource;
  const refuted = ownStatus(place.at('verificationStatus')).some((code) => code === 'refuted');
  const resolved = ownStatus(place.at('clinicalStatus')).some((code) => code !== 'active');
  const recorded = place.at('recordedDate').absent ? place.at('onsetDateTime') : place.at('recordedDate');
  const reactions = place.at('reaction').list().flatMap((one) => one.at('manifestation').list()); // prettier-ignore
  return need(resource, person, {
    kind: Need.ALLERGY,
    detail: [place.at('code'), ...reactions].flatMap((one) => wordsOf(one) ?? []).join('; '),
    about: place.at('code'),
    ended: refuted || resolved,
    time: recorded,
  });
}

/** A warning on the record: taken up where its code says that it is one of those that keep a child alive. */
export function flag(resource: Resource, person: Person): Saying {
  const { place } = resource;
  const kind = needs.get(ownCode(place.at('code'), ours.need) ?? '');
  if (kind === undefined) return notTakenUp;
  return need(resource, person, {
    kind,
    detail: wordsOf(place.at('code')) ?? '',
    about: place.at('code'),
    ended: place.at('status').text() === 'inactive',
    time: place.at('period').at('start'),
  });
}

/** What the child takes, or must not be without. */
export function medication(resource: Resource, person: Person): Saying {
  const { place } = resource;
  const status = place.at('status').text() ?? '';
  if (['draft', 'intended', 'unknown', 'not-taken'].includes(status)) return notFinal;
  const dosage = [...place.at('dosage').list(), ...place.at('dosageInstruction').list()];
  const name = wordsOf(place.at('medicationCodeableConcept'));
  const first = ['dateAsserted', 'authoredOn', 'effectiveDateTime'].map((field) => place.at(field)).find((one) => !one.absent); // prettier-ignore
  return need(resource, person, {
    kind: Need.MEDICATION,
    detail: [name, ...dosage.map((one) => one.at('text').text())].flatMap((words) => words ?? []).join('; '),
    about: place.at('medicationCodeableConcept'),
    ended: status !== 'active' && status !== 'on-hold',
    time: first ?? place.at('dateAsserted'),
  });
}

const needs: ReadonlyMap<string, Need> = new Map([
  ['self-harm', Need.SELF_HARM],
  ['medication', Need.MEDICATION],
  ['allergy', Need.ALLERGY],
  ['emergency-condition', Need.EMERGENCY_CONDITION],
]);

interface Vital {
  readonly kind: Need;
  readonly detail: string;
  /** Where its words should be. */
  readonly about: Place;
  readonly ended: boolean;
  readonly time: Place;
}

function need(resource: Resource, person: Person, { kind, detail, about, ended, time }: Vital): Saying {
  if (detail === '') throw new BadPart('missing-value', 'words are required here: what to know and do', about.pointer);
  const reference = referenceOf(resource);
  const needReference = `${resource.type}/${reference}`;
  const data = encode(HealthNeedRecordedSchema, {
    needReference,
    kind,
    detail: detail.slice(0, 4000),
    ended,
    person: wireOf(person),
  });
  const occurred = required(whenIn(time), time);
  return [{ type: 'hub.health.v1.HealthNeedRecorded', key: [needReference], occurred, data }];
}

function ownStatus(concept: Place): readonly string[] {
  return concept.at('coding').list().flatMap((one) => one.at('code').text() ?? []); // prettier-ignore
}
