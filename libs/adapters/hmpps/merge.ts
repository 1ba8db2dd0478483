import {
  PrisonerNumberFoundSchema,
  CaseReferencesMergedSchema,
} from '../../contracts/gen/hub/probation/v1/supervision_pb.js';
import { PrisonerNumbersMergedSchema } from '../../contracts/gen/hub/secure_estate/v1/custody_pb.js';
import type { Identifier } from '../../kernel/fact.js';
import { translated, type Translation } from '../../kernel/outcome.js';
import { BadPart } from '../reading/bad-part.js';
import { numberAt, numberIfAny, numberIn, type DomainEvent } from './domain-event.js';
import { statementOf, takesBack } from './statement.js';

/**
 * Two prisoner numbers are one person's. Said on the record of each, and neither record claims the other's number: whose page
 * it shows on follows from who claims which. See ADR 22.
 */
export function prisonersMerged(event: DomainEvent): Translation {
  const keptNumber = numberIn(event, 'noms');
  const removedNumber = numberAt(event.more.at('removedNomsNumber'), 'noms');
  differ(keptNumber, removedNumber, event.more.at('removedNomsNumber').pointer);
  return translated(
    [keptNumber, removedNumber].map((value) =>
      statementOf(
        event,
        PrisonerNumbersMergedSchema,
        { numbers: [noms(value)], key: [keptNumber, removedNumber] },
        (person) => ({ keptNumber, removedNumber, person }),
      ),
    ),
  );
}

/** Two case reference numbers are one person's. */
export function casesMerged(event: DomainEvent): Translation {
  const keptReference = numberAt(event.more.at('targetCRN'), 'crn');
  const removedReference = numberAt(event.more.at('sourceCRN'), 'crn');
  differ(keptReference, removedReference, event.more.at('sourceCRN').pointer);
  if ((numberIfAny(event, 'crn') ?? keptReference) !== keptReference)
    throw new BadPart('contradiction', 'the event names two different people', event.more.at('targetCRN').pointer);
  return translated(
    [keptReference, removedReference].map((value) =>
      statementOf(
        event,
        CaseReferencesMergedSchema,
        {
          numbers: [crn(value)],
          key: [keptReference, removedReference],
          scope: mergeOf(keptReference, removedReference),
        },
        (person) => ({ keptReference, removedReference, person }),
      ),
    ),
  );
}

/** Probation has parted again what it had merged: both statements of the merge are withdrawn. */
export function casesParted(event: DomainEvent): Translation {
  const kept = numberAt(event.more.at('unmergedCRN'), 'crn');
  const removed = numberAt(event.more.at('reactivatedCRN'), 'crn');
  differ(kept, removed, event.more.at('reactivatedCRN').pointer);
  return takesBack(event, mergeOf(kept, removed));
}

/** Probation has found a prisoner number: its record claims both from now on, and follows a child known by either. */
export function prisonerNumberFound(event: DomainEvent): Translation {
  const prisonerNumber = numberIn(event, 'noms');
  return translated([
    statementOf(
      event,
      PrisonerNumberFoundSchema,
      { numbers: [crn(numberIn(event, 'crn')), noms(prisonerNumber)], key: [prisonerNumber] },
      (person) => ({ prisonerNumber, person }),
    ),
  ]);
}

const noms = (value: string): Identifier => ({ kind: 'noms', value });
const crn = (value: string): Identifier => ({ kind: 'crn', value });
const mergeOf = (kept: string, removed: string): readonly string[] => ['crn-merge', kept, removed];

function differ(one: string, other: string, pointer: string): void {
  if (one === other) throw new BadPart('contradiction', 'a number cannot be merged into itself', pointer);
}
