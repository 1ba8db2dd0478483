import { encode } from '../../contracts/catalogue.js';
import {
  MissingEpisodeRecorded_Kind as Kind,
  MissingEpisodeRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import type { Fact, Message } from '../../kernel/fact.js';
import type { Translation } from '../../kernel/outcome.js';
import { BadPart } from '../reading/bad-part.js';
import type { CsvRow } from '../reading/csv.js';
import { wireOf } from '../reading/person.js';
import { returnTable } from './return-table.js';

/** The missing table of the SSDA903 return (looked-after children), as CSV. */
export const missingFormat = 'ssda903.missing';

const columns = ['CHILD', 'DOB', 'MISSING', 'MIS_START', 'MIS_END'] as const;
const kinds: Readonly<Record<string, Kind>> = { M: Kind.MISSING, A: Kind.AWAY_WITHOUT_AUTHORISATION };

export function missingReturn(message: Message): Translation {
  return returnTable(message, columns, ['no-episodes', 'the file has a header and no rows'], episode);
}

function episode(row: CsvRow, statedAt: string): Fact {
  const child = row.required('CHILD');
  const start = row.requiredDay('MIS_START');
  const end = row.day('MIS_END');
  const kind = kinds[row.text('MISSING').toUpperCase()];
  if (kind === undefined) throw new BadPart('unknown-code', 'MISSING is M or A', row.pointer);
  if (end !== '' && end < start) throw new BadPart('ends-before-start', 'MIS_END is before MIS_START', row.pointer);
  // The authority's child id is its own: it identifies the record and nothing else.
  const person = { identifiers: [], birthDate: row.requiredDay('DOB') };
  return {
    record: { key: child, person },
    key: ['hub.social_care.v1.MissingEpisodeRecorded', child, child, start],
    type: 'hub.social_care.v1.MissingEpisodeRecorded',
    data: encode(MissingEpisodeRecordedSchema, {
      childId: child,
      kind,
      startedOn: start,
      endedOn: end,
      person: wireOf(person),
    }),
    occurred: { at: start, precision: 'date' },
    statedAt,
    pointer: row.pointer,
  };
}
