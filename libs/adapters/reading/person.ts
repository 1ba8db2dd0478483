import type { MessageInitShape } from '@bufbuild/protobuf';
import type { PersonSchema, Person as WirePerson } from '../../contracts/gen/hub/common/v1/person_pb.js';
import type { IdentifierKind, Person } from '../../kernel/fact.js';
import { isoDate } from './times.js';

const fieldOf = {
  nhs: 'nhsNumber',
  pnc: 'pncId',
  upn: 'upn',
  uln: 'uln',
  noms: 'nomsNumber',
  crn: 'crn',
  cro: 'croNumber',
} as const satisfies Record<IdentifierKind, keyof WirePerson>;

const kinds = ['nhs', 'pnc', 'upn', 'uln', 'noms', 'crn', 'cro'] as const satisfies readonly IdentifierKind[];

/** What a canonical event claims about its person, as the identity rules read it. A birth date that is none is left out. */
export function personOf(wire: WirePerson | undefined): Person {
  if (!wire) return { identifiers: [] };
  const birthDate = isoDate(wire.birthDate.trim());
  return {
    identifiers: kinds.flatMap((kind) => {
      const value = oneSpelling(kind, wire[fieldOf[kind]]);
      return value === '' ? [] : [{ kind, value }];
    }),
    ...(wire.givenNames.trim() === '' ? {} : { givenNames: wire.givenNames.trim() }),
    ...(wire.familyName.trim() === '' ? {} : { familyName: wire.familyName.trim() }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}

/** The person of a canonical event, from what a native message claims. */
export function wireOf(person: Person): MessageInitShape<typeof PersonSchema> {
  return {
    givenNames: person.givenNames ?? '',
    familyName: person.familyName ?? '',
    birthDate: person.birthDate ?? '',
    ...Object.fromEntries(person.identifiers.map(({ kind, value }) => [fieldOf[kind], value])),
  };
}

/** One spelling for each identifier, so that equal ones compare equal. Whether it may be trusted is for identity to say. */
export function oneSpelling(kind: IdentifierKind, value: string): string {
  const plain = value.trim().toUpperCase();
  if (kind === 'nhs') return plain.replace(/[\s-]/g, '');
  return kind === 'pnc' ? pncId(plain) : plain;
}

// ZABC… at (two-digit year and serial) modulo 23 is the check letter of a PNC id (PNC manual, as HMPPS person-record checks it).
const pncLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** A PNC id written short (`02/73319Z`) or without its stroke as `YYYY/NNNNNNNX`; one whose check letter is wrong stays as it came. */
function pncId(text: string): string {
  const [, year, serial, letter] =
    /^(\d{4})\/?(\d{7})([A-Z])$/.exec(text) ?? /^(\d{2}|\d{4})\/(\d{1,7})([A-Z])$/.exec(text) ?? [];
  if (year === undefined || serial === undefined || letter === undefined) return text;
  const digits = serial.padStart(7, '0');
  if (pncLetters[Number(`${year.slice(-2)}${digits}`) % 23] !== letter) return text;
  // Two-digit years: the PNC began in 1974 and holds records back to the 1940s; no child has a year above 39 before 2040.
  const century = year.length === 4 ? '' : Number(year) < 40 ? '20' : '19';
  return `${century}${year}/${digits}${letter}`;
}
