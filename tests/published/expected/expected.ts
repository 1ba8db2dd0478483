import { court } from './court.js';
import { education } from './education.js';
import { health } from './health.js';
import { hmpps } from './hmpps.js';
import { police } from './police.js';
import { socialCare } from './social-care.js';
import type { Expected } from './what-comes-of-it.js';

/** What must come of every published file: a file for each agency. */
export const expected: Readonly<Record<string, readonly Expected[]>> = {
  ...court,
  ...education,
  ...health,
  ...hmpps,
  ...police,
  ...socialCare,
};
