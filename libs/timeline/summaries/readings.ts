// A file for each agency: how its events read to a practitioner.
import { courtReadings } from './court.js';
import { educationReadings } from './education.js';
import { healthReadings } from './health.js';
import { meetingReadings } from './meetings.js';
import { policeReadings } from './police.js';
import { probationReadings } from './probation.js';
import { secureEstateReadings } from './secure-estate.js';
import { socialCareReadings } from './social-care.js';
import { yosReadings } from './yos.js';
import type { Reading } from '../reading.js';

export const readings: Readonly<Record<string, Reading>> = {
  ...courtReadings,
  ...educationReadings,
  ...healthReadings,
  ...meetingReadings,
  ...policeReadings,
  ...probationReadings,
  ...secureEstateReadings,
  ...socialCareReadings,
  ...yosReadings,
};
