import type { Message, Person } from '../../kernel/fact.js';
import { dayInLondon } from '../../kernel/london.js';
import type { Translation } from '../../kernel/outcome.js';
import { BadPart } from '../reading/bad-part.js';
import { required, type Place } from '../reading/place.js';
import { isoDate } from '../reading/times.js';
import { xmlOf, type XmlElement } from '../reading/xml.js';
import { notified } from './notification.js';
import { patientByNumber } from './patient.js';

const fhir = 'http://hl7.org/fhir';
const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number';

/** A message of the national events management service: a FHIR STU3 bundle in XML. Throws `BadPart`. */
export function nemsMessage(message: Message): Translation {
  const bundle = xmlOf(message, 'Bundle', fhir, { elements: 100_000 });
  const resources = bundle.all('entry').flatMap((entry) => entry.at('resource').children);
  const of = (type: string): readonly XmlElement[] => resources.filter(({ name }) => name === type).map(({ element }) => element); // prettier-ignore
  const [header] = of('MessageHeader');
  if (header === undefined) throw new BadPart('missing-value', 'the bundle has no message header', bundle.pointer);
  refuseTakenBack(header);
  const type = value(header.at('event').at('code'));
  const at = value(header.at('timestamp'));
  const id = value(bundle.at('id'));
  const practices = ofPractices(of('EpisodeOfCare'));
  return notified({
    id: required(id.id(), id),
    type: required(type.text(), type),
    at: required(at.instant(), at),
    record: patientIn(header, of('Patient')),
    recordVersion: value(header.at('meta').at('versionId')).text(),
    ...practices,
  });
}

/** New and updated events say what is so. One that is taken back does not say which: a person has to find it. */
function refuseTakenBack(header: XmlElement): void {
  const kind = extension(header, 'Extension-MessageEventType-1')?.at('valueCodeableConcept').at('coding').at('code');
  if (kind !== undefined && value(kind).text() === 'delete')
    throw new BadPart(
      'event-taken-back',
      'the message takes an earlier event back, and does not name it',
      kind.pointer,
    );
}

/** The patient's own entry, else what the header repeats of it for routing. Two numbers are two people. */
function patientIn(header: XmlElement, patients: readonly XmlElement[]) {
  const routing = extension(header, 'Extension-RoutingDemographics-1');
  const inHeader = routing && extension(routing, 'nhsNumber')?.at('valueIdentifier').at('value');
  const numbers = [
    ...patients.flatMap((patient) =>
      patient
        .all('identifier')
        .filter(isNhsNumber)
        .map((one) => one.at('value')),
    ),
    ...(inHeader === undefined ? [] : [inHeader]),
  ].map(value);
  const [number, ...others] = numbers;
  if (number === undefined) throw new BadPart('missing-value', 'the message has no NHS number', header.pointer);
  const record = patientByNumber(required(number.text(), number), number.pointer, personIn(patients[0], routing));
  for (const other of others) {
    if (patientByNumber(required(other.text(), other), other.pointer).key !== record.key)
      throw new BadPart('contradiction', 'the message names two different people', other.pointer);
  }
  return record;
}

function isNhsNumber(identifier: XmlElement): boolean {
  return value(identifier.at('system')).text() === nhsNumber;
}

function personIn(patient: XmlElement | undefined, routing: XmlElement | undefined): Omit<Person, 'identifiers'> {
  const name = patient?.all('name')[0] ?? (routing && extension(routing, 'name')?.at('valueHumanName'));
  const givenNames = name?.all('given').flatMap((one) => value(one).text() ?? []).join(' ') ?? ''; // prettier-ignore
  const familyName = name && value(name.at('family')).text();
  const born = patient && value(patient.at('birthDate')).text();
  const routed = routing && extension(routing, 'birthDateTime')?.at('valueDateTime');
  // Of a time of birth only the day; of a year alone, nothing: it identifies nobody.
  const birthDate = isoDate(born ?? (routed && value(routed).text()?.slice(0, 10)) ?? '');
  return {
    ...(givenNames === '' ? {} : { givenNames }),
    ...(familyName === undefined ? {} : { familyName }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}

/** The practices that the episodes of primary care name: the one that goes on, and the one that is over. */
function ofPractices(episodes: readonly XmlElement[]) {
  const over = episodes.find((one) => value(one.at('status')).text() === 'finished');
  const now = episodes.find((one) => value(one.at('status')).text() === 'active');
  const ended = over && value(over.at('period').at('end'));
  const at = ended?.text()?.length === 10 ? undefined : ended?.instant();
  return {
    practice: now && value(now.at('managingOrganization').at('display')).text(),
    formerPractice: over && value(over.at('managingOrganization').at('display')).text(),
    formerRegistrationEndedOn: at === undefined ? ended?.date() : dayInLondon(at),
  };
}

function extension(element: XmlElement, name: string): XmlElement | undefined {
  return element.all('extension').find((one) => one.attribute('url').text()?.split('/').at(-1) === name);
}

function value(element: XmlElement): Place {
  return element.attribute('value');
}
