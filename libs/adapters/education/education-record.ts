import { encode } from '../../contracts/catalogue.js';
import { EducationRecordObservedSchema } from '../../contracts/gen/hub/education/v1/record_pb.js';
import type { Message } from '../../kernel/fact.js';
import { part, type Translation } from '../../kernel/outcome.js';
import { wireOf } from '../reading/person.js';
import { required, type Place } from '../reading/place.js';
import { countIn, hasField, percentageIn, readStatus, snapshotOf, type Parts } from '../reading/snapshot.js';

/** The custodian's own name for it, and the record types under which a custodian's index lists it. */
export const educationRecordFormats = [
  'EducationDetailsRecordV1',
  'education.details',
  'education.details.v1',
] as const;

export const educationRecordType = 'hub.education.v1.EducationRecordObserved';

// Where the school is and how it is called up is no news of the child: known, and not read.
const fields = [
  'educationSettingName',
  'educationSettingAddress',
  'educationSettingTelephone',
  'educationActiveStatusesAndPlans',
  'yearlyEducationAttendances',
] as const;

export function looksLikeEducationRecord(message: Message): boolean {
  return hasField(message, fields);
}

/** A snapshot: one fact, the whole record as observed. What it changed is derived when it is recorded. */
export function educationRecord(message: Message): Translation {
  return snapshotOf(message, educationRecordType, fields, (record, { record: about }, parts) => {
    const statuses = parts.list(record.at('educationActiveStatusesAndPlans'), readStatus);
    return {
      data: encode(EducationRecordObservedSchema, {
        setting: parts.one(() => record.at('educationSettingName').text()) ?? '',
        activeStatuses: [...statuses.members],
        // One that could not be read has not vanished.
        activeStatusesWhole: statuses.whole,
        years: years(record.at('yearlyEducationAttendances'), parts),
        person: wireOf(about.person),
      }),
    };
  });
}

/** A year is known by when it began. One that is there twice, and says different things, goes to a person. */
function years(list: Place, parts: Parts) {
  const { members } = parts.list(list, readYear);
  return [...Map.groupBy(members, ({ year }) => year).values()].flatMap((of) => {
    const [first, ...more] = of;
    if (first === undefined || more.every((other) => JSON.stringify(other) === JSON.stringify(first)))
      return first ?? [];
    parts.put(part('quarantined', 'contradiction', 'one school year is there twice, and differs', list.pointer));
    return [];
  });
}

function readYear(one: Place) {
  const year = required(countIn(one.at('academicTermYearStart')), one.at('academicTermYearStart'));
  return {
    year,
    ...given('attendancePercentage', percentageIn(one.at('attendancePercentage'))),
    ...given('unauthorisedAbsencePercentage', percentageIn(one.at('unauthorisedAbsencePercentage'))),
    ...given('suspensions', countIn(one.at('suspensions'))),
    ...given('exclusions', countIn(one.at('exclusions'))),
    ...given('schoolMoves', countIn(one.at('schoolMovesNonTransitional'))),
  };
}

function given<Name extends string>(name: Name, value: number | undefined): { readonly [N in Name]?: number } {
  const none: { readonly [N in Name]?: number } = {};
  return value === undefined ? none : { ...none, [name]: value };
}
