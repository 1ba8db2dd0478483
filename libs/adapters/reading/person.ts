import { isMessage, type Message, type MessageInitShape } from '@bufbuild/protobuf';
import type { EventContract } from '../../contracts/event-contract.js';
import { PersonSchema, type Person as WirePerson } from '../../contracts/gen/hub/common/v1/person_pb.js';
import type { Identifier, IdentifierKind, Person } from '../../kernel/fact.js';
import { isoDate } from './times.js';

const fieldOf = {
  nhs: 'nhsNumber',
  pnc: 'pncId',
  asn: 'arrestSummonsNumber',
  upn: 'upn',
  uln: 'uln',
  noms: 'nomsNumber',
  crn: 'crn',
  cro: 'croNumber',
} as const satisfies Record<IdentifierKind, keyof WirePerson>;

const kinds = ['nhs', 'pnc', 'asn', 'upn', 'uln', 'noms', 'crn', 'cro'] as const satisfies readonly IdentifierKind[];

/**
 * What a canonical event claims about its person, identifiers as the source writes them: identity checks and spells them.
 * A birth date that is none is left out.
 */
export function personOf(wire: WirePerson | undefined): Person {
  if (!wire) return { identifiers: [] };
  const identifiers: Identifier[] = [];
  for (const kind of kinds) {
    const value = wire[fieldOf[kind]].trim();
    if (value !== '') identifiers.push({ kind, value });
  }
  const givenNames = wire.givenNames.trim();
  const familyName = wire.familyName.trim();
  const birthDate = isoDate(wire.birthDate.trim());
  return {
    identifiers,
    ...(givenNames === '' ? {} : { givenNames }),
    ...(familyName === '' ? {} : { familyName }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}

/** Whom a canonical event says it is about, as it writes them; undefined when it says nothing of anybody. */
export function personIn({ schema }: EventContract, event: Message): WirePerson | undefined {
  const field = schema.fields.find(({ message }) => message?.typeName === PersonSchema.typeName);
  const value: unknown = field && Reflect.get(event, field.localName);
  return isMessage(value, PersonSchema) ? value : undefined;
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
