import { policeRecordReadings } from '../police-record-summaries.js';
import { entryAt, told, word, type Reading } from '../reading.js';
import { custodyReadings } from './police-custody.js';
import { disposalReadings } from './police-disposals.js';
import { policeSafeguardingReadings } from './police-safeguarding.js';

const force = { '20': 'West Midlands', '30': 'Derbyshire', '33': 'Leicestershire' };

const riskWords: Readonly<Record<string, string>> = {
  RISK_GRADE_NO_APPARENT_RISK: 'No apparent risk',
  RISK_GRADE_LOW: 'Low risk',
  RISK_GRADE_MEDIUM: 'Medium risk',
  RISK_GRADE_HIGH: 'High risk',
  RISK_GRADE_ABSENT: 'Absent (historic grade)',
};

export const policeReadings: Readonly<Record<string, Reading>> = {
  'hub.police.v1.MissingReported': {
    title: ({ risk }) => told('Reported missing', entryAt(riskWords, word(risk))?.toLowerCase()),
    labels: {
      risk: 'Risk grade',
      lastSeen: 'Last seen at',
      lastSeenAt: 'Last seen',
      reportedBy: 'Reported by',
      force: 'Police force',
      homeAuthority: 'Home authority',
      reportedMissingAt: 'Reported',
      reportReference: 'Report reference',
    },
    words: { risk: riskWords, force },
    codes: ['lastSeen', 'reportedBy'],
  },
  'hub.police.v1.MissingFound': {
    labels: { foundAt: 'Found at', reportReference: 'Report reference' },
    codes: ['foundAt'],
  },
  'hub.police.v1.Arrested': {
    title: ({ offenceTitle, voluntary }) => {
      const what = voluntary === true ? 'Interviewed voluntarily' : 'Arrested';
      return told(what, word(offenceTitle)) ?? what;
    },
    labels: {
      offenceTitle: 'Offence',
      offenceCode: 'Offence code',
      force: 'Police force',
      custodyNumber: 'Custody number',
    },
    // The title says it.
    silent: ['voluntary'],
    words: { force },
  },
  'hub.police.v1.Charged': {
    title: ({ offenceTitle }) => told('Charged', word(offenceTitle)),
    labels: {
      offenceTitle: 'Offence',
      offenceCode: 'Offence code',
      offenceDate: 'Offence date',
      firstHearingOn: 'First hearing on',
      custodyNumber: 'Custody number',
      arrestSummonsNumber: 'Arrest summons number',
    },
  },
  ...custodyReadings(force),
  ...disposalReadings(force),
  ...policeSafeguardingReadings,
  ...policeRecordReadings,
};
