import type { Message } from '../../kernel/fact.js';
import { instant } from '../../kernel/instant.js';
import { BadPart } from './bad-part.js';

/** When a source says what a file says: as the publisher tells, else when the hub received it. RFC 3339. Throws `BadPart`. */
export function statedIn({ attributes: { observedat }, receivedAt }: Message): string {
  const statedAt = observedat === undefined ? receivedAt : instant(observedat);
  if (statedAt === undefined)
    throw new BadPart('invalid-time', 'the observation time is a time (RFC 3339)', '/observedat');
  return statedAt;
}
