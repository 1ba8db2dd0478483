import { TELLING } from './platform/notifications/telling-bell.js';
import { duties } from './duties/duties.projection.js';
import { notices } from './duties/notices.projection.js';
import { annotations } from './timeline/annotations.projection.js';
import { caseload } from './timeline/caseload.projection.js';
import { cover } from './timeline/cover.projection.js';
import { duty } from './timeline/duty.projection.js';
import { timeline } from './timeline/timeline.projection.js';

/** Everything that is projected from the log: whoever follows, rebuilds or erases rows takes these. */
export const projected = [
  timeline,
  caseload,
  cover,
  duty,
  annotations,
  duties,
  { ...notices, rings: TELLING },
] as const;
