import { annotations } from './annotations.projection.js';
import { caseload } from './caseload.projection.js';
import { cover } from './cover.projection.js';
import { duty } from './duty.projection.js';
import { timeline } from './timeline.projection.js';

/** Everything that is projected from the log: whoever follows, rebuilds or erases rows takes these. */
export const projected = [timeline, caseload, cover, duty, annotations] as const;
