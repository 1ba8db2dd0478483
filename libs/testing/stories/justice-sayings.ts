import fc from 'fast-check';
import type { Agency } from '../../kernel/agency.js';
import { recordsExport, recordsTable, type SimulatedRecord } from '../../simulations/case-records.js';
import { notification, queued } from '../../simulations/domain-event.js';
import { testUuid } from '../../simulations/people.js';
import { removedOf } from '../../simulations/supervision-event.js';
import { caseRecords, custodyRecords as custodyCaseRecords } from '../generators/case-records.js';
import { domainEvents } from '../generators/domain-events.js';
import { custodyRecords, missingRecords } from '../generators/force-records.js';
import { childAt, given, numbersOf, who, type Child } from './children.js';
import { json, table, type Saying } from './saying.js';

/** Custody and missing records, two of each child, written out again and again; some list all their entries. */
export const forceSayings: fc.Arbitrary<Saying> = fc
  .tuple(fc.oneof(custodyRecords, missingRecords), who, fc.nat(1), fc.boolean(), given)
  .map(([{ body }, child, slot, complete, numbers]) => (at) => {
    const { nhsNumber: _, ...pnc } = numbersOf(child, numbers);
    const { givenNames: forenames, familyName: surname, birthDate: dateOfBirth, serial } = child;
    const number = `${serial}${slot}`;
    return json('police', {
      ...body,
      ...('custodyNumber' in body ? { custodyNumber: `99TC/${number}/26` } : { reference: `MR-${number}` }),
      recordedAt: at,
      complete,
      nominal: { id: `nominal-${serial}`, forenames, surname, dateOfBirth, ...pnc },
    });
  });

/** Events of prisons and probation about few things, as both services pass them on. */
export const domainEventSayings: fc.Arbitrary<Saying> = fc
  .tuple(domainEvents, who, fc.nat(1), fc.constantFrom<Agency>('probation', 'secure-estate'), fc.nat(2))
  .map(([{ event }, { nomsNumber, crn }, slot, system, form]) => (at) => {
    const numbers = event.personReference.identifiers.map(({ type }) => ({
      type,
      value: type === 'NOMS' ? nomsNumber : crn,
    }));
    const names: Readonly<Record<string, string>> = {
      nomsNumber,
      removedNomsNumber: removedOf(nomsNumber),
      targetCRN: crn,
      unmergedCRN: crn,
      sourceCRN: removedOf(crn),
      reactivatedCRN: removedOf(crn),
    };
    const about = Object.entries(event.additionalInformation).map(([name, value]) => [
      name,
      names[name] ?? (/id$/i.test(name) ? testUuid(700 + slot) : value),
    ]);
    const said = {
      ...event,
      occurredAt: at,
      additionalInformation: Object.fromEntries(about) as Readonly<Record<string, unknown>>,
      personReference: { identifiers: numbers },
    };
    return json(system, [said, notification(said), queued(said)][form]);
  });

/** What the case system exports, as JSON and as a table. */
export const caseSayings: fc.Arbitrary<Saying> = exported('yos', 'CV', caseRecords);
/** The same of establishments. */
export const custodySayings: fc.Arbitrary<Saying> = exported('secure-estate', 'YC', custodyCaseRecords);

function exported(system: Agency, prefix: string, records: fc.Arbitrary<SimulatedRecord>): fc.Arbitrary<Saying> {
  const some = fc.array(fc.tuple(records, fc.nat(2), fc.nat(1)), { minLength: 1, maxLength: 3 });
  // One export gives the same numbers throughout: of two for one child at one time, neither would be the later.
  return fc.tuple(some, given, fc.boolean()).map(([drawn, numbers, asTable]) => (at) => {
    const said = drawn.map(([record, place, slot]) => of(record, childAt(place), `${prefix}-`, slot, numbers));
    return asTable ? table(system, recordsTable(said)) : json(system, JSON.parse(recordsExport(said, at)));
  });
}

/** The record as it would be of this child, and of one of two things of its kind. */
function of(record: SimulatedRecord, child: Child, prefix: string, slot: number, numbers: string): SimulatedRecord {
  const { givenNames, familyName, birthDate, serial, crn, nomsNumber } = child;
  const references = Object.keys(record).filter((name) => name.endsWith('Ref'));
  return {
    ...record,
    ...Object.fromEntries(references.map((name) => [name, `${name}-${serial}-${slot}`])),
    caseRef: `${prefix}${serial}`,
    givenNames,
    familyName,
    dateOfBirth: birthDate,
    ...numbersOf(child, numbers),
    ...(numbers === 'none' ? {} : { crn, nomsNumber }),
  };
}
