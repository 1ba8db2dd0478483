import { encode } from '../../contracts/catalogue.js';
import { PersonalDetailsObservedSchema } from '../../contracts/gen/hub/social_care/v1/record_pb.js';
import { CareEpisodeRecordedSchema } from '../../contracts/gen/hub/social_care/v1/returns_pb.js';
import type { Fact, Message } from '../../kernel/fact.js';
import { ignored, type Translation } from '../../kernel/outcome.js';
import { BadPart } from '../reading/bad-part.js';
import { columnsOf, csvOf, type CsvRow } from '../reading/csv.js';
import { wireOf } from '../reading/person.js';
import { libertyFormat } from './liberty-return.js';
import { missingFormat } from './missing-return.js';
import { returnTable } from './return-table.js';
import { episodeBegan, episodeEnded, legalStatuses, placementChanges, placements, primaryNeeds, providers } from './ssda903-codes.js'; // prettier-ignore

/** The tables of the SSDA903 return that the hub reads besides the missing one, as CSV. */
export const episodesFormat = 'ssda903.episodes';
export const headerFormat = 'ssda903.header';
/** The tables that say nothing a youth offending service acts on. */
export const otherTablesFormat = 'ssda903.other';

const episodeType = 'hub.social_care.v1.CareEpisodeRecorded';
const personType = 'hub.social_care.v1.PersonalDetailsObserved';

/** Each by a column that no other table has. */
export function returnFormatOf(message: Message): string | undefined {
  const columns = columnsOf(message);
  if (!columns.includes('CHILD')) return undefined;
  if (columns.includes('MIS_START')) return missingFormat;
  if (columns.includes('DECOM')) return episodesFormat;
  if (columns.includes('DOLO_START')) return libertyFormat;
  if (columns.includes('UPN') || columns.includes('MC_DOB')) return headerFormat;
  return others.some((name) => columns.includes(name)) ? otherTablesFormat : undefined;
}

// Reviews, asylum, health of the year, care leavers, adoption, earlier permanence, social workers (numbered, not named): a column that only they have.
const others = ['REVIEW', 'DUC', 'SDQ_SCORE', 'IN_TOUCH', 'DATE_INT', 'DATE_PLACED', 'PREV_PERM', 'SW_ID'] as const;

export function careEpisodes(message: Message): Translation {
  const nothing = ['no-episodes', 'the file has a header and no rows'] as const;
  return returnTable(message, ['CHILD', 'DECOM', 'LS', 'PLACE'], nothing, episode);
}

export function childrenListed(message: Message): Translation {
  const nothing = ['no-children', 'the file has a header and no rows'] as const;
  return returnTable(message, ['CHILD', 'DOB'], nothing, listed);
}

/** Understood by its header alone: none of its rows is an event. */
export function otherTable(message: Message): Translation {
  csvOf(message, ['CHILD']);
  return ignored('table-not-needed', 'a table of yearly figures or of permanence: no row of it is an event to act on');
}

function episode(row: CsvRow, statedAt: string): Fact {
  const child = row.required('CHILD');
  const startedOn = row.requiredDay('DECOM');
  const endedOn = row.day('DEC');
  if (endedOn !== '' && endedOn < startedOn) throw new BadPart('ends-before-start', 'DEC is before DECOM', row.pointer);
  const began = row.coded('RNE', episodeBegan);
  const status = row.coded('LS', legalStatuses);
  const place = row.coded('PLACE', placements);
  const need = row.coded('CIN', primaryNeeds);
  const ended = row.coded('REC', episodeEnded);
  return {
    // The authority's child id is its own: it identifies the record and nothing else.
    record: { key: child, person: { identifiers: [] } },
    key: [episodeType, child, startedOn],
    type: episodeType,
    data: encode(CareEpisodeRecordedSchema, {
      startedOn,
      endedOn,
      startedBecauseCode: began.code,
      startedBecause: began.words,
      legalStatusCode: status.code,
      legalStatus: status.words,
      needCode: need.code,
      need: need.words,
      placementCode: place.code,
      placement: place.words,
      provider: row.coded('PLACE_PROVIDER', providers).words,
      endedBecauseCode: ended.code,
      endedBecause: ended.words,
      placementChangedBecause: row.coded('REASON_PLACE_CHANGE', placementChanges).words,
    }),
    occurred: { at: startedOn, precision: 'date' },
    statedAt,
    pointer: row.pointer,
  };
}

/** Who the child is, as a whole record seen at one time: nothing in it happened. */
function listed(row: CsvRow, statedAt: string): Fact {
  const child = row.required('CHILD');
  const upn = row.text('UPN');
  const person = {
    // UN1 to UN7 say why there is none.
    identifiers: upn === '' || /^UN\d$/i.test(upn) ? [] : [{ kind: 'upn' as const, value: upn }],
    birthDate: row.requiredDay('DOB'),
  };
  return {
    record: { key: child, person },
    key: [personType, child, statedAt],
    type: personType,
    data: encode(PersonalDetailsObservedSchema, { person: wireOf(person) }),
    occurred: { at: statedAt, precision: 'instant' },
    statedAt,
    pointer: row.pointer,
  };
}
