import type { Reacting } from './kernel/capability.js';
import { meetings } from './meetings/meetings.js';
import { exploitation } from './safeguarding/exploitation/exploitation.js';
import { missing } from './safeguarding/missing/missing.js';

/** What the hub derives of every child: the engine from all facts, a page from those its reader sees. */
export const capabilities: readonly Reacting[] = [missing, exploitation, meetings];
