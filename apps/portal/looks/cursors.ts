import type { KeyStore } from '../../../libs/kernel/keys.js';
import { open, seal, SealBroken } from '../../../libs/platform/keys/seal.js';
import { invalid } from './parameters.js';

/**
 * Opaque cursors, sealed: a place in a list says how many events the hub holds, or how many children. `scope` is the list
 * a cursor belongs to; in another list it does not open.
 */
export class Cursors {
  readonly #key: { readonly id: string; readonly bytes: Uint8Array };

  constructor(keys: KeyStore) {
    this.#key = { id: 'cursor', bytes: keys.hash('cursor-key') };
  }

  write(scope: string, place: readonly string[]): string {
    return seal(this.#key, Buffer.from(JSON.stringify(place)), scope).toString('base64url');
  }

  /** Throws `Problem` 400 when it is not one of this list's cursors. */
  read(scope: string, cursor: string): string[] {
    try {
      return JSON.parse(open(this.#key, Buffer.from(cursor, 'base64url'), scope).toString()) as string[];
    } catch (error) {
      if (error instanceof SealBroken)
        throw invalid('cursor', 'is not a cursor of this list: start from its first page');
      throw error;
    }
  }
}
