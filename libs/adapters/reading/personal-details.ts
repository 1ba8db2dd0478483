import type { Message, Person, Reason } from '../../kernel/fact.js';
import { ignored, part, type Translation } from '../../kernel/outcome.js';
import type { SnapshotReading } from '../../kernel/snapshots.js';
import { wireOf } from './person.js';
import type { Place } from './place.js';
import { hasField, snapshotOf, type Parts } from './snapshot.js';

/** The name of a custodian's record of who a child is, and the record types under which an index lists it. */
export const personalDetailsFormats = ['PersonalDetailsRecordV1', 'personal.details', 'personal.details.v1'] as const;

/** Of these the hub takes who the child is. Of others, of where they live and of what they are it takes nothing. */
const fields = [
  'firstName',
  'lastName',
  'dateOfBirth',
  'address',
  'namesOfIndividualsResidingAtMainAddress',
  'birthAssignedSex',
  'pronouns',
  'ethnicity',
  'firstLanguage',
  'designatedLocalAuthority',
  'englishAsAdditionalLanguage',
  'braille',
  'signLanguage',
  'makaton',
  'interpreter',
  'relatedPeople',
] as const;

const distinctive = ['namesOfIndividualsResidingAtMainAddress', 'birthAssignedSex', 'relatedPeople', 'makaton'];

export function looksLikePersonalDetails(message: Message): boolean {
  return hasField(message, distinctive);
}

/** Who a record is about, as claims and nothing else: `encode` gives the agency's own event of it. */
export function personalDetails(
  message: Message,
  type: string,
  encode: (person: ReturnType<typeof wireOf>) => Uint8Array,
): Translation {
  let claims: Person = { identifiers: [] };
  const translation = snapshotOf(message, type, fields, (record, { record: about }, parts) => {
    claims = claimsIn(record, about.person, parts);
    return { record: { ...about, person: claims }, data: encode(wireOf(claims)) };
  });
  const [first, ...others] = translation.items;
  const named = claims.givenNames ?? claims.familyName ?? claims.birthDate;
  if (first?.outcome !== 'fact' || named !== undefined) return translation;
  const { code, detail } = nothingClaimed;
  return others.length === 0
    ? ignored(code, detail)
    : { ...translation, items: [part('ignored', code, detail), ...others] };
}

const nothingClaimed: Reason = {
  code: 'nothing-claimed',
  detail: 'the record says neither a name nor a birth date: it identifies nobody',
};

/** Nothing in it happened, so nothing follows from a change. */
export const personalDetailsChanges: SnapshotReading = {
  read: () => ({ said: [], whole: [] }),
  facts: () => [],
};

function claimsIn(record: Place, { identifiers }: Person, parts: Parts): Person {
  const givenNames = parts.one(() => record.at('firstName').text());
  const familyName = parts.one(() => record.at('lastName').text());
  const birthDate = parts.one(() => record.at('dateOfBirth').date());
  return {
    identifiers,
    ...(givenNames === undefined ? {} : { givenNames }),
    ...(familyName === undefined ? {} : { familyName }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}
