import { createHash } from 'node:crypto';

/**
 * Which matter of a record something is about: equal for equal references of one record. Hashed with the record's random
 * id, so that nobody reads a reference from it, and the references of two records cannot be compared.
 */
export function matterOf(record: string, reference: string): string {
  return createHash('sha256').update(`${record} ${reference}`).digest('base64url');
}
