import { encode } from '../../contracts/catalogue.js';
import { DeprivationOfLibertyRecordedSchema } from '../../contracts/gen/hub/social_care/v1/returns_pb.js';
import type { Fact, Message } from '../../kernel/fact.js';
import type { Translation } from '../../kernel/outcome.js';
import { BadPart } from '../reading/bad-part.js';
import type { CsvRow } from '../reading/csv.js';
import { wireOf } from '../reading/person.js';
import { returnTable } from './return-table.js';

/** The table of deprivation of liberty orders of the SSDA903 return, as CSV. */
export const libertyFormat = 'ssda903.dolo';

const type = 'hub.social_care.v1.DeprivationOfLibertyRecorded';

export function deprivationsOfLiberty(message: Message): Translation {
  const nothing = ['no-orders', 'the file has a header and no rows'] as const;
  return returnTable(message, ['CHILD', 'DOLO_START', 'DOLO_END'], nothing, order);
}

function order(row: CsvRow, statedAt: string): Fact {
  const child = row.required('CHILD');
  const startedOn = row.requiredDay('DOLO_START');
  const endedOn = row.day('DOLO_END');
  if (endedOn !== '' && endedOn < startedOn)
    throw new BadPart('ends-before-start', 'DOLO_END is before DOLO_START', row.pointer);
  const birthDate = row.day('DOB');
  // The authority's child id is its own: it identifies the record and nothing else.
  const person = { identifiers: [], ...(birthDate === '' ? {} : { birthDate }) };
  return {
    record: { key: child, person },
    key: [type, child, startedOn],
    type,
    data: encode(DeprivationOfLibertyRecordedSchema, { startedOn, endedOn, person: wireOf(person) }),
    occurred: { at: startedOn, precision: 'date' },
    statedAt,
    pointer: row.pointer,
  };
}
