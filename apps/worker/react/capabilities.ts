import type { Reacting } from '../../../libs/kernel/capability.js';
import { meetings } from '../../../libs/meetings/meetings.js';
import { exploitation } from '../../../libs/safeguarding/exploitation/exploitation.js';
import { missing } from '../../../libs/safeguarding/missing/missing.js';

/** What the hub derives of every child. */
export const capabilities: readonly Reacting[] = [missing, exploitation, meetings];
