import { exploitationReadings } from '../exploitation-summaries.js';
import type { Reading } from '../reading.js';

export const educationReadings: Readonly<Record<string, Reading>> = {
  'hub.education.v1.ExploitationIndicatorRecorded': exploitationReadings.ExploitationIndicatorRecorded,
};
