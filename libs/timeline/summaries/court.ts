import { told, word, type Reading } from '../reading.js';

const courtWords = {
  jurisdiction: { MAGISTRATES: 'Magistrates’ court', CROWN: 'Crown Court' },
  resultCategory: { INTERMEDIARY: 'Intermediate', ANCILLARY: 'Ancillary', FINAL: 'Final' },
};

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
    words: courtWords,
  },
  'hub.court.v1.ApplicationMade': {
    title: ({ title, breach }) => told(breach === true ? 'Breach application' : 'Court application', word(title)),
    labels: {
      title: 'Applied for',
      breach: 'Says that an order was breached',
      orderTitle: 'Order',
      orderMadeOn: 'Order made on',
      receivedOn: 'Received by the court on',
      status: 'Status',
      reference: 'Court’s reference',
      typeCode: 'Type code',
    },
    silent: ['applicationId'],
    codes: ['status'],
  },
  'hub.court.v1.ApplicationResulted': {
    title: ({ resultTitle, breach }) =>
      told(breach === true ? 'Result of a breach application' : 'Result of a court application', word(resultTitle)),
    labels: {
      resultTitle: 'Result',
      terms: 'Terms',
      applicationTitle: 'Applied for',
      breach: 'Application for breach of an order',
      court: 'Court',
      jurisdiction: 'Jurisdiction',
      hearingType: 'Hearing',
      hearingDay: 'Hearing day',
      orderedOn: 'Ordered on',
      resultCategory: 'Kind of result',
      resultCode: 'Result code',
      courtCode: 'Court code',
    },
    silent: ['hearingId', 'applicationId', 'resultId'],
    codes: ['jurisdiction', 'resultCategory'],
    words: courtWords,
  },
  'hub.court.v1.HearingListed': {
    title: ({ hearingType, vacated }) =>
      told(vacated === true ? 'Hearing vacated' : 'Hearing listed', word(hearingType)),
    labels: { listedFor: 'Listed for', court: 'Court', hearingType: 'Hearing', vacated: 'Vacated' },
    silent: ['hearingId'],
  },
};
