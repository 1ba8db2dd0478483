import { told, word, type Reading } from '../reading.js';

export const courtReadings: Readonly<Record<string, Reading>> = {
  'hub.court.v1.ResultRecorded': {
    title: ({ resultTitle }) => told('Court result', word(resultTitle)),
    labels: {
      resultTitle: 'Result',
      terms: 'Terms',
      offenceTitle: 'Offence',
      offenceDate: 'Offence date',
      plea: 'Plea',
      court: 'Court',
      jurisdiction: 'Jurisdiction',
      hearingType: 'Hearing',
      hearingDay: 'Hearing day',
      orderedOn: 'Ordered on',
      resultCategory: 'Kind of result',
      caseUrn: 'Case reference',
      resultCode: 'Result code',
      offenceCode: 'Offence code',
      courtCode: 'Court code',
    },
    silent: ['hearingId', 'defendantId', 'offenceId', 'resultId'],
    codes: ['plea', 'jurisdiction', 'resultCategory'],
    words: {
      jurisdiction: { MAGISTRATES: 'Magistrates’ court', CROWN: 'Crown Court' },
      resultCategory: { INTERMEDIARY: 'Intermediate', ANCILLARY: 'Ancillary', FINAL: 'Final' },
    },
  },
  'hub.court.v1.HearingListed': {
    title: ({ hearingType, vacated }) =>
      told(vacated === true ? 'Hearing vacated' : 'Hearing listed', word(hearingType)),
    labels: { listedFor: 'Listed for', court: 'Court', hearingType: 'Hearing', vacated: 'Vacated' },
    silent: ['hearingId'],
  },
};
