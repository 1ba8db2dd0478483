import { encode } from '../../contracts/catalogue.js';
import { CrimeRecordObservedSchema } from '../../contracts/gen/hub/police/v1/police_pb.js';
import type { Fact, Message, Reason } from '../../kernel/fact.js';
import { part, translated, type Item, type Translation } from '../../kernel/outcome.js';
import { BadPart, holds, orQuarantine, sortOut } from '../reading/bad-part.js';
import { jsonOf } from '../reading/content.js';
import { wireOf } from '../reading/person.js';
import { Place, required } from '../reading/place.js';
import { placingOf, type Placing } from '../reading/subject.js';
import { isoDate } from '../reading/times.js';

/** The custodian's own name for it, and the record type under which a custodian's index lists it. */
export const crimeRecordFormat = 'CrimeDataRecordV1';
export const crimeRecordFormats = [crimeRecordFormat, 'crime-justice.details', 'crime-justice.details.v1'] as const;

export const crimeRecordType = 'hub.police.v1.CrimeRecordObserved';

// Of these, only the missing episodes could be in another agency's record.
const fields = [
  'policeMarkerDetails',
  'servicesKnownTo',
  'lastPoliceProtectionPowerEvent',
  'riskSexualExploitation',
  'riskCriminalExploitation',
  'riskRadicalisation',
  'riskModernSlaveryAndTrafficking',
  'riskGangsAndYouthViolence',
  'crimeActiveStatusesAndPlans',
  'missingEpisodes',
] as const;

export function looksLikeCrimeRecord(message: Message): boolean {
  return holds(() => {
    const names = namesIn(jsonOf(message));
    return fields.some((field) => field !== 'missingEpisodes' && names.includes(field));
  });
}

/** A snapshot: one fact, the whole record as observed. What it changed is derived when it is recorded. */
export function crimeRecord(message: Message): Translation {
  const value = jsonOf(message);
  const placing = placingOf(message);
  if (!('record' in placing)) return translated(placing);
  const { fact, others } = observed(new Place(value, '', message.asked), placing);
  const unread = namesIn(value).some((name) => !(fields as readonly string[]).includes(name));
  return translated([unread ? { outcome: 'fact', fact, note: fieldsNotRead } : fact, ...others]);
}

// Without their names, which are the publisher's: it is kept whole with the message.
const fieldsNotRead: Reason = {
  code: 'fields-not-read',
  detail: 'the record has fields that the hub does not know: they are kept with the message',
};

function observed(record: Place, { record: about, observedAt }: Placing): { fact: Fact; others: readonly Item[] } {
  const episodes = sortOut(readEpisodes(record.at('missingEpisodes')));
  const services = sortOut(members(record.at('servicesKnownTo'), (one) => ({ name: required(one.text(), one) })));
  const statuses = sortOut(members(record.at('crimeActiveStatusesAndPlans'), readStatus));
  const single = singles(record);
  const data = encode(CrimeRecordObservedSchema, {
    ...single.read,
    servicesKnownTo: services.read.map(({ name }) => name),
    missingEpisodes: [...episodes.read],
    activeStatuses: [...statuses.read],
    // One that could not be read has not vanished.
    activeStatusesWhole: !record.at('crimeActiveStatusesAndPlans').absent && statuses.others.length === 0,
    person: wireOf(about.person),
  });
  const fact: Fact = {
    record: about,
    key: [crimeRecordType, about.key, observedAt],
    type: crimeRecordType,
    data,
    occurred: { at: observedAt, precision: 'instant' },
    statedAt: observedAt,
  };
  return { fact, others: [single, services, episodes, statuses].flatMap(({ others }) => others) };
}

/** The fields that are no lists, each read by itself: one that cannot be read does not take the others along. */
function singles(record: Place) {
  const others: Item[] = [];
  const given = <Name extends string, T>(name: Name, read: () => T | undefined): { readonly [N in Name]?: T } => {
    const { read: found, others: unread } = sortOut(orQuarantine(() => [{ value: read() }]));
    others.push(...unread);
    const value = found[0]?.value;
    const none: { readonly [N in Name]?: T } = {};
    return value === undefined ? none : { ...none, [name]: value };
  };
  const risk = (name: (typeof fields)[number] & `risk${string}`) => given(name, () => record.at(name).flag());
  const read = {
    ...given('markerDetails', () => record.at('policeMarkerDetails').text()),
    ...given('policeProtectionLastUsed', () => readProtection(record.at('lastPoliceProtectionPowerEvent'))),
    ...risk('riskSexualExploitation'),
    ...risk('riskCriminalExploitation'),
    ...risk('riskRadicalisation'),
    ...risk('riskModernSlaveryAndTrafficking'),
    ...risk('riskGangsAndYouthViolence'),
  };
  return { read, others };
}

interface Episode {
  readonly date: string;
  readonly returnInterviewAttended?: boolean;
}

/** An episode is known by its day. Two of one day that say different things of the interview: that goes to a person. */
function readEpisodes(list: Place): readonly (Episode | Item)[] {
  const { read, others } = sortOut(members(list, readEpisode));
  const days = Map.groupBy(read, ({ date }) => date);
  const contradictions: Item[] = [];
  const episodes = [...days].map(([date, of]): Episode => {
    const [said, ...more] = new Set(of.flatMap(({ returnInterviewAttended: attended }) => attended ?? []));
    if (more.length === 0) return said === undefined ? { date } : { date, returnInterviewAttended: said };
    const detail = 'two missing episodes of one day say different things of the return home interview';
    contradictions.push(part('quarantined', 'contradiction', detail, list.pointer));
    return { date };
  });
  return [...episodes, ...others, ...contradictions];
}

function readEpisode(episode: Place): Episode {
  const attended = episode.at('returnedHomeInterviewAttended').flag();
  return {
    date: required(episode.at('date').date(), episode.at('date')),
    ...(attended === undefined ? {} : { returnInterviewAttended: attended }),
  };
}

function readStatus(one: Place): { status: string; plan: string } {
  return { status: required(one.at('status').text(), one.at('status')), plan: one.at('plan').text() ?? '' };
}

// "None" comes beside days: the force has not used its powers.
function readProtection(place: Place): string | undefined {
  const text = place.text();
  if (text !== undefined && isoDate(text) === undefined && text.toLowerCase() !== 'none')
    throw new BadPart('wrong-type', 'a date (YYYY-MM-DD) or None is expected here', place.pointer);
  return text;
}

function members<T extends object>(list: Place, read: (one: Place) => T): readonly (T | Item)[] {
  return orQuarantine(() => list.list().flatMap((one) => orQuarantine(() => [read(one)])));
}

function namesIn(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
