import type { Reading } from '../reading.js';

export const healthReadings: Readonly<Record<string, Reading>> = {};
