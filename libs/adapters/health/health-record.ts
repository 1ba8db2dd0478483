import { encode } from '../../contracts/catalogue.js';
import { HealthRecordObservedSchema } from '../../contracts/gen/hub/health/v1/record_pb.js';
import type { Message, Reason } from '../../kernel/fact.js';
import { translated, type Item, type Translation } from '../../kernel/outcome.js';
import { holds, orQuarantine, sortOut } from '../reading/bad-part.js';
import { jsonOf } from '../reading/content.js';
import { wireOf } from '../reading/person.js';
import { Place, required } from '../reading/place.js';
import { placingOf } from '../reading/subject.js';

/** The custodian's own name for it, and the record type under which a custodian's index lists it. */
const healthRecordFormat = 'HealthDataRecordV1';
export const healthRecordFormats = [healthRecordFormat, 'health.details', 'health.details.v1'] as const;

export const healthRecordType = 'hub.health.v1.HealthRecordObserved';

// As custodians write them, one of them with a capital letter.
const fields = [
  'registeredGPName',
  'RegisteredGPSurgery',
  'registeredGPSurgery',
  'gpAddress',
  'gpTelephone',
  'camhsContactDetails',
  'camhsTeamInvolvement',
  'healthActiveStatusesAndPlans',
  'missedAppointments',
  'emergencyDepartmentAttendances',
] as const;

export function looksLikeHealthRecord(message: Message): boolean {
  return holds(() => {
    const names = namesIn(jsonOf(message));
    return fields.some((field) => field !== 'missedAppointments' && names.includes(field));
  });
}

/** A snapshot: one fact, the whole record as observed. What it changed is derived when it is recorded. */
export function healthRecord(message: Message): Translation {
  const value = jsonOf(message);
  const placing = placingOf(message);
  if (!('record' in placing)) return translated(placing);
  const { record: about, observedAt } = placing;
  const { read, others } = observed(new Place(value, '', message.asked));
  const fact = {
    record: about,
    key: [healthRecordType, about.key, observedAt],
    type: healthRecordType,
    data: encode(HealthRecordObservedSchema, { ...read, person: wireOf(about.person) }),
    occurred: { at: observedAt, precision: 'instant' as const },
    statedAt: observedAt,
  };
  const unread = namesIn(value).some((name) => !(fields as readonly string[]).includes(name));
  return translated([unread ? { outcome: 'fact', fact, note: fieldsNotRead } : fact, ...others]);
}

// Without their names, which are the publisher's: it is kept whole with the message.
const fieldsNotRead: Reason = {
  code: 'fields-not-read',
  detail: 'the record has fields that the hub does not know: they are kept with the message',
};

/** Each field by itself: one that cannot be read does not take the others along. */
function observed(record: Place) {
  const others: Item[] = [];
  const members = <T extends object>(list: Place, read: (one: Place) => T): readonly T[] => {
    const found = sortOut(orQuarantine(() => list.list().flatMap((one) => orQuarantine(() => [read(one)]))));
    others.push(...found.others);
    return found.read;
  };
  const words = (name: string): string[] =>
    members(record.at(name), (one) => ({ text: required(one.text(), one) })).map(({ text }) => text);
  const text = (place: () => Place): string => {
    const found = sortOut(orQuarantine(() => [{ text: place().text() ?? '' }]));
    others.push(...found.others);
    return found.read[0]?.text ?? '';
  };
  const statuses = record.at('healthActiveStatusesAndPlans');
  const gpName = text(() => record.at('registeredGPName'));
  const practice = ['RegisteredGPSurgery', 'registeredGPSurgery'].map((name) => text(() => record.at(name)));
  const gpAddress = addressLines.map((line) => text(() => record.at('gpAddress').at(line)));
  const gpTelephone = text(() => record.at('gpTelephone'));
  const before = others.length;
  const activeStatuses = [...members(statuses, readStatus)];
  const read = {
    gpName,
    gpPractice: practice.find((name) => name !== '') ?? '',
    gpAddress: gpAddress.filter((line) => line !== ''),
    gpTelephone,
    activeStatuses,
    // One that could not be read has not vanished.
    activeStatusesWhole: !statuses.absent && others.length === before,
    camhsTeams: words('camhsTeamInvolvement'),
    camhsContacts: words('camhsContactDetails'),
    missedAppointments: [...members(record.at('missedAppointments'), readMissed)],
    emergencyAttendances: [...members(record.at('emergencyDepartmentAttendances'), readAttendance)],
  };
  return { read, others };
}

const addressLines = ['line1', 'line2', 'townOrCity', 'county', 'postcode'] as const;

function readStatus(one: Place) {
  return { status: required(one.at('status').text(), one.at('status')), plan: one.at('plan').text() ?? '' };
}

function readMissed(one: Place) {
  return { ...readAttendance(one), setting: one.at('setting').text() ?? '' };
}

function readAttendance(one: Place) {
  return { date: required(one.at('date').date(), one.at('date')), reason: one.at('reason').text() ?? '' };
}

function namesIn(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
