import { defineAdapter } from '../../kernel/adapter.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { readable } from '../reading/bad-part.js';
import { looksLikeRecords, recordsFormat } from '../reading/records/records.js';
import { assessmentRecords } from './assessment.js';
import { caseWorkRecords } from './case-work.js';
import { orderRecords } from './orders.js';
import { panelAndVictimRecords } from './panels-and-victims.js';

/** Records of a youth offending service's case system. */
export const caseRecordsFormat = 'yos.case-records';

export const yosAdapter = defineAdapter({
  agency: 'yos',
  formats: {
    ...canonicalFormats('yos'),
    [caseRecordsFormat]: readable(
      recordsFormat({ ...caseWorkRecords, ...orderRecords, ...assessmentRecords, ...panelAndVictimRecords }),
    ),
  },
  recognise: (message) => (looksLikeRecords(message) ? caseRecordsFormat : undefined),
});
