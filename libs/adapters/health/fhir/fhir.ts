import type { Cover, Fact, Message, Person } from '../../../kernel/fact.js';
import { dayInLondon } from '../../../kernel/london.js';
import { ignored, part, type Item, type Translation } from '../../../kernel/outcome.js';
import { orQuarantine, sortOut } from '../../reading/bad-part.js';
import { unlessChild } from '../../reading/children-only.js';
import { placeOf } from '../../reading/content.js';
import { distinct } from '../../reading/distinct.js';
import type { Place } from '../../reading/place.js';
import { allergy, flag, medication, observation } from './assessment.js';
import { encounter } from './contact.js';
import { episodeOfCare, serviceRequest } from './involvement.js';
import { patientOf, referenceOf, resourcesIn, type Resource } from './resource.js';
import type { Said, Saying } from './said.js';

const readers: Readonly<Record<string, (resource: Resource, person: Person) => Saying>> = {
  ServiceRequest: serviceRequest,
  EpisodeOfCare: episodeOfCare,
  Encounter: encounter,
  Observation: observation,
  AllergyIntolerance: allergy,
  Flag: flag,
  MedicationStatement: medication,
  MedicationRequest: medication,
};

// They say who and where, for the others: nothing comes of them.
const supporting: readonly string[] = ['Patient', 'Organization', 'Practitioner', 'PractitionerRole', 'HealthcareService', 'Location', 'MessageHeader', 'Provenance']; // prettier-ignore

/** FHIR R4 resources, one or a bundle of them. Throws `BadPart` when the message as a whole cannot be read. */
export function fhirResources(message: Message): Translation {
  const { read: resources, others: unread } = sortOut(resourcesIn(message, placeOf(message)));
  const parts = resources
    .filter(({ type }) => !supporting.includes(type))
    .map((resource) => ({ resource, ...sortOut(orQuarantine(() => stated(resource))) }));
  const facts = distinct(parts.flatMap(({ read }) => read));
  const items = [...facts, ...parts.flatMap(({ others }) => others), ...unread];
  if (items.length === 0) return ignored('no-resources', 'the message has no resource that could say something');
  const contradicted = facts.some(({ outcome }) => outcome === 'quarantined');
  return { items, covers: contradicted ? [] : parts.flatMap(coverOf) };
}

function stated(resource: Resource): readonly (Fact | Item)[] {
  const { type, place } = resource;
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (read === undefined) return [ignoredAt(resource, 'not-taken-up', 'a resource of a kind that the hub does not take up')]; // prettier-ignore
  // Whatever becomes of it, it must have a name to be covered by.
  const scope = scopeOf(resource);
  // What was entered in error is covered, and not among what is covered: it is withdrawn.
  if (place.at('status').text() === 'entered-in-error' || isError(place.at('verificationStatus')))
    return [ignoredAt(resource, 'entered-in-error', 'the resource was entered in error: what it said is withdrawn')];
  const record = patientOf(resource);
  const saying = read(resource, record.person);
  if (isSaid(saying)) return saying.map((one) => factOf(resource, one, record, scope));
  return [ignoredAt(resource, saying.code, saying.detail)];
}

function isSaid(saying: Saying): saying is readonly Said[] {
  return Array.isArray(saying);
}

function factOf(resource: Resource, said: Said, record: Fact['record'], scope: readonly string[]): Fact {
  const { type, key, occurred, data } = said;
  // A child when it was written down: the childhood of somebody who has grown up is not for the hub.
  const onlyIfKnown = unlessChild(record.person.birthDate, dayInLondon(resource.statedAt));
  return {
    record,
    key: [type, record.key, ...key],
    type,
    data,
    occurred,
    statedAt: resource.statedAt,
    scope,
    pointer: resource.place.pointer,
    ...(onlyIfKnown === undefined ? {} : { onlyIfKnown }),
  };
}

/**
 * A resource states all there is to say of it: stated again without its end, or of another patient, what it said before is
 * withdrawn. One that could not be read has not vanished.
 */
function coverOf({ resource, others }: { resource: Resource; others: readonly Item[] }): readonly Cover[] {
  const unread = others.some(({ outcome }) => outcome === 'quarantined');
  if (unread || !Object.hasOwn(readers, resource.type)) return [];
  return [{ scope: scopeOf(resource), statedAt: resource.statedAt }];
}

function scopeOf(resource: Resource): readonly string[] {
  return ['fhir', resource.type, referenceOf(resource)];
}

function isError(concept: Place): boolean {
  return concept.at('coding').list().some((one) => one.at('code').text() === 'entered-in-error'); // prettier-ignore
}

function ignoredAt({ place }: Resource, code: string, detail: string): Item {
  return part('ignored', code, detail, place.pointer);
}
