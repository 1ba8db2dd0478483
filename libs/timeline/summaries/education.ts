import type { Reading } from '../reading.js';

export const educationReadings: Readonly<Record<string, Reading>> = {};
