import { type Reading } from '../reading.js';
import { custodyReadings } from './custody.js';

export const secureEstateReadings: Readonly<Record<string, Reading>> = {
  ...custodyReadings,
  'hub.secure_estate.v1.ReceivedIntoCustody': {
    title: ({ recall }) => (recall === true ? 'Recalled to custody' : undefined),
    labels: { establishment: 'Establishment', reasonCode: 'Reason code' },
    // The title says it.
    silent: ['recall'],
  },
  'hub.secure_estate.v1.MovedBetweenEstablishments': {
    labels: { establishment: 'Moved to', reasonCode: 'Reason code' },
  },
  'hub.secure_estate.v1.ReleasedFromCustody': {
    title: ({ toHospital }) => (toHospital === true ? 'Released from custody to hospital' : undefined),
    labels: { establishment: 'Establishment', reasonCode: 'Reason code' },
    silent: ['toHospital'],
  },
};
