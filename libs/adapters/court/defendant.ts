import type { IdentifierKind, Person } from '../../kernel/fact.js';
import { required, type Place } from '../reading/place.js';

export interface Defendant {
  readonly id: string;
  readonly person: Person;
  /** The court's own flag. */
  readonly isYouth?: boolean | undefined;
}

/** A defendant of a case, or the master defendant of an application: the court writes both alike. Throws `BadPart`. */
export function readDefendant(defendant: Place): Defendant {
  const id = defendant.at('masterDefendantId').id() ?? defendant.at('id').id();
  const details = defendant.at('personDefendant').at('personDetails');
  const givenNames = [details.at('firstName').text(), details.at('middleName').text()].filter(Boolean).join(' ');
  const familyName = details.at('lastName').text();
  const birthDate = details.at('dateOfBirth').date();
  return {
    id: required(id, defendant.at('id')),
    isYouth: defendant.at('isYouth').flag() ?? defendant.at('personDefendant').at('isYouth').flag(),
    person: {
      identifiers: [
        ...identifier('pnc', defendant.at('pncId')),
        ...identifier('asn', defendant.at('personDefendant').at('arrestSummonsNumber')),
        ...identifier('cro', defendant.at('croNumber')),
      ],
      ...(givenNames === '' ? {} : { givenNames }),
      ...(familyName === undefined ? {} : { familyName }),
      ...(birthDate === undefined ? {} : { birthDate }),
    },
  };
}

function identifier(kind: IdentifierKind, place: Place): readonly { kind: IdentifierKind; value: string }[] {
  const value = place.text();
  return value === undefined ? [] : [{ kind, value }];
}
