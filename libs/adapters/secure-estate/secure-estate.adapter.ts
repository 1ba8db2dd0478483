import { defineAdapter } from '../../kernel/adapter.js';
import { hmppsAdapter } from '../hmpps/hmpps.adapter.js';
import { looksLikeRecords } from '../reading/records/records.js';
import { custodyRecords, custodyRecordsFormat } from './custody-records.js';

const hmpps = hmppsAdapter('secure-estate');

export const secureEstateAdapter = defineAdapter({
  ...hmpps,
  formats: { ...hmpps.formats, [custodyRecordsFormat]: custodyRecords },
  recognise: (message) => hmpps.recognise?.(message) ?? (looksLikeRecords(message) ? custodyRecordsFormat : undefined),
});
