import { defineAdapter, type Format } from '../../kernel/adapter.js';
import type { Message } from '../../kernel/fact.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { BadPart, readable } from '../reading/bad-part.js';
import { placeOf } from '../reading/content.js';
import { custodianIndex, custodianIndexFormat, looksLikeCustodianIndex } from '../reading/custodian-index.js';
import { crimeRecordChanges } from './crime-record-changes.js';
import {
  crimeRecord,
  crimeRecordFormat,
  crimeRecordFormats,
  crimeRecordType,
  looksLikeCrimeRecord,
} from './crime-record.js';
import {
  custodyRecord,
  custodyRecordFormat,
  missingRecord,
  missingRecordFormat,
  recordFormatIn,
} from './force-record.js';

const formats: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(crimeRecordFormats.map((name) => [name, crimeRecord])),
  [custodyRecordFormat]: custodyRecord,
  [missingRecordFormat]: missingRecord,
  [custodianIndexFormat]: custodianIndex,
};

export const policeAdapter = defineAdapter({
  agency: 'police',
  formats: {
    ...canonicalFormats('police'),
    ...Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, readable(format)])),
  },
  recognise,
  snapshots: { [crimeRecordType]: crimeRecordChanges },
});

function recognise(message: Message): string | undefined {
  if (looksLikeCrimeRecord(message)) return crimeRecordFormat;
  if (looksLikeCustodianIndex(message)) return custodianIndexFormat;
  try {
    return recordFormatIn(placeOf(message));
  } catch (error) {
    if (error instanceof BadPart) return undefined;
    throw error;
  }
}
