import type { Message, Occurred, Person, SourceRecord } from '../../../kernel/fact.js';
import { instant } from '../../../kernel/instant.js';
import { dayInLondon } from '../../../kernel/london.js';
import type { Item } from '../../../kernel/outcome.js';
import { BadPart, orQuarantine, sortOut } from '../../reading/bad-part.js';
import { required, type Place } from '../../reading/place.js';
import { isoDate } from '../../reading/times.js';
import { patientByNumber } from '../patient.js';

const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number';

/** One resource, and what the message says around it. */
export interface Resource {
  readonly type: string;
  readonly place: Place;
  /** RFC 3339: when its source last wrote it down. */
  readonly statedAt: string;
  /** The resource a reference leads to within the message. */
  readonly find: (reference: Place) => Place | undefined;
}

/** The resources of a message: alone, or in a bundle. One that cannot be read is an outcome of its own. Throws `BadPart`. */
export function resourcesIn(message: Message, root: Place): readonly (Resource | Item)[] {
  const bundle = root.at('resourceType').text() === 'Bundle';
  const entries = bundle ? root.at('entry').list() : [];
  const known = new Map(sortOut(entries.flatMap((entry) => orQuarantine(() => namesOf(entry)))).read);
  const sent = bundle ? root.at('timestamp').instant() : undefined;
  const read = (place: Place): readonly Resource[] => {
    if (place.absent) return [];
    const statedAt = place.at('meta').at('lastUpdated').instant() ?? sent ?? observedAt(message);
    const type = required(place.at('resourceType').text(), place.at('resourceType'));
    return [{ type, place, statedAt, find: (reference) => found(place, known, reference) }];
  };
  if (!bundle) return read(root);
  return entries.flatMap((entry) => orQuarantine(() => read(entry.at('resource'))));
}

function found(place: Place, known: ReadonlyMap<string, Place>, reference: Place): Place | undefined {
  const name = reference.at('reference').text() ?? '';
  if (!name.startsWith('#')) return known.get(name) ?? known.get(lastTwo(name));
  const contained = place.at('contained').list();
  return contained.find((one) => one.at('id').text() === name.slice(1));
}

function observedAt({ attributes, receivedAt }: Message): string {
  const said = attributes['observedat'] ?? attributes['time'];
  const at = said === undefined ? receivedAt : instant(said);
  if (at === undefined) throw new BadPart('invalid-time', 'the observation time is a time (RFC 3339)', '/observedat');
  return at;
}

// By the address of the entry, and by type and id.
function namesOf(entry: Place): readonly (readonly [string, Place])[] {
  const resource = entry.at('resource');
  const id = resource.at('id').text();
  const type = resource.at('resourceType').text();
  const names = [entry.at('fullUrl').text(), type && id ? `${type}/${id}` : undefined];
  return names.flatMap((name) => (name === undefined || name === '' ? [] : [[name, resource] as const]));
}

// https://trust.example/fhir/Patient/1 → Patient/1
function lastTwo(reference: string): string {
  return reference.split('/').slice(-2).join('/');
}

/** The source's own name of a resource: its business identifier, else its id. Throws `BadPart`. */
export function referenceOf({ place }: Resource): string {
  const named = place.at('identifier').list().flatMap((one) => one.at('value').text() ?? [])[0]; // prettier-ignore
  return required(named ?? place.at('id').text(), place.at('id'));
}

/** The source's own name of what a reference leads to, as `referenceOf` gives it; undefined when there is no reference. */
export function referredTo(resource: Resource, reference: Place): string | undefined {
  const named = reference.at('identifier').at('value').text();
  if (named !== undefined) return named;
  const place = resource.find(reference);
  if (place !== undefined) return referenceOf({ ...resource, place });
  return reference.at('reference').text()?.split('/').at(-1);
}

/** Who the resource is about: `subject` or `patient`, there or in the message. Throws `BadPart`. */
export function patientOf(resource: Resource): SourceRecord {
  const { place, find } = resource;
  const reference = place.at('subject').absent ? place.at('patient') : place.at('subject');
  const patient = find(reference);
  const identifiers = [reference.at('identifier'), ...(patient?.at('identifier').list() ?? [])];
  const number = identifiers.find((one) => one.at('system').text() === nhsNumber)?.at('value');
  const more = patient === undefined ? {} : personIn(patient);
  if (number !== undefined) return patientByNumber(required(number.text(), number), number.pointer, more);
  const [local] = identifiers.flatMap((one) => one.at('value').text() ?? []);
  const key = local ?? patient?.at('id').text() ?? reference.at('reference').text();
  return { key: required(key, reference), person: { identifiers: [], ...more } };
}

function personIn(patient: Place): Omit<Person, 'identifiers'> {
  const names = patient.at('name').list();
  const name = names.find((one) => one.at('use').text() === 'official') ?? names[0];
  const givenNames = name?.at('given').list().flatMap((one) => one.text() ?? []).join(' ') ?? ''; // prettier-ignore
  const familyName = name?.at('family').text();
  // FHIR allows a year alone: that identifies nobody.
  const birthDate = isoDate(patient.at('birthDate').text() ?? '');
  return {
    ...(givenNames === '' ? {} : { givenNames }),
    ...(familyName === undefined ? {} : { familyName }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}

/** Who provides, by name: of the references, the first that is an organisation or its service, never a person. */
export function providerOf(resource: Resource, references: readonly Place[]): string {
  const names = references.flatMap((reference) => {
    const place = resource.find(reference);
    const type = place?.at('resourceType').text() ?? reference.at('type').text() ?? '';
    const address = reference.at('reference').text() ?? '';
    if (!/^(?:Organization|HealthcareService)$/.test(type) && !/(?:^|\/)(?:Organization|HealthcareService)\//.test(address)) return []; // prettier-ignore
    return reference.at('display').text() ?? place?.at('name').text() ?? [];
  });
  return (names[0] ?? '').slice(0, 300);
}

/** A FHIR dateTime: a day or a time; a year or a month alone is too little to place it. Throws `BadPart`. */
export function whenIn(place: Place): Occurred | undefined {
  const text = place.text();
  if (text === undefined) return undefined;
  const day = isoDate(text);
  if (day !== undefined) return { at: day, precision: 'date' };
  const at = instant(text);
  if (at !== undefined) return { at, precision: 'instant' };
  throw new BadPart('wrong-type', 'a day (YYYY-MM-DD) or a time (RFC 3339) is expected here', place.pointer);
}

/** The day of something that occurred, where people in England count days. */
export function dayOf({ at, precision }: Occurred): string {
  return precision === 'date' ? at : dayInLondon(at);
}
