import { getOption, ScalarType, type DescField } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { columnOf } from '../../adapters/agency-records/fields.js';
import type { RecordKinds } from '../../adapters/agency-records/records.js';
import { field as fieldRules } from '../../contracts/gen/buf/validate/validate_pb.js';
import type { SimulatedRecord } from '../../simulations/agency-records.js';
import { anyDay, anyId, anyText } from './values.js';

const instants = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  .map((at) => `${at.toISOString().slice(0, 19)}Z`);

/** Records of an agency's kinds, no two of them the same fact: whatever the contract has a field for, said or left out. */
export function agencyRecords(kinds: RecordKinds): fc.Arbitrary<readonly SimulatedRecord[]> {
  const records = Object.entries(kinds).map(([kind, { is }]) => {
    const fields = is.fields.filter(({ name }) => name !== 'person');
    const required = fields.filter((field) => getOption(field, fieldRules).required).map(columnOf);
    const said = fc.record(Object.fromEntries(fields.map((field) => [columnOf(field), valuesOf(field)])), {
      requiredKeys: required,
    });
    const common = fc.record(
      { child: anyId, at: fc.oneof(instants, anyDay), given_names: anyText, birth_date: anyDay },
      { requiredKeys: ['child', 'at'] },
    );
    return fc.tuple(said, common).map(([own, shared]): SimulatedRecord => ({ ...own, ...shared, kind }));
  });
  return fc.uniqueArray(fc.oneof(...records), {
    maxLength: 6,
    selector: ({ kind, child }) => `${kind} ${child}`,
  });
}

function valuesOf(field: DescField): fc.Arbitrary<string | number | boolean | readonly string[]> {
  if (field.fieldKind === 'list') return fc.array(anyId, { minLength: 1, maxLength: 3 });
  if (field.fieldKind === 'enum') return wordsOf(field);
  if (field.fieldKind !== 'scalar') throw new TypeError(`${field.name} is no plain value`);
  if (field.scalar === ScalarType.BOOL) return fc.boolean();
  if (field.scalar === ScalarType.DOUBLE) return fc.nat(600).map((quarters) => quarters / 4);
  if (field.scalar !== ScalarType.STRING) return fc.nat(100);
  if (/(_on|_for|_commencing|^period_from|^period_to)$/.test(field.name)) return anyDay;
  return field.name.endsWith('_code') ? fc.constantFrom('PP', 'zz') : anyText;
}

// As people write them: no-apparent-risk, High.
function wordsOf(field: DescField & { fieldKind: 'enum' }): fc.Arbitrary<string> {
  const prefix = field.enum.sharedPrefix?.length ?? 0;
  const words = field.enum.values
    .filter(({ number }) => number !== 0)
    .map(({ name }) => name.slice(prefix).toLowerCase().replaceAll('_', '-'));
  return fc.constantFrom(...words, ...words.map((word) => word.toUpperCase()));
}
