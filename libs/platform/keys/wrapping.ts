import type { DataKey } from '../../kernel/keys.js';
import { fingerprintOf, type MasterKeys } from './master-key.js';
import { open, seal, SealBroken } from './seal.js';

/** What wraps keys, and opens them under the current master key or the other one that is accepted. */
export interface Wrapping {
  /** Fingerprint of the key that wraps. */
  readonly current: string;
  /** Of every key that opens, the current one first. */
  readonly fingerprints: readonly string[];
  wrap(bytes: Uint8Array, purpose: string): Buffer;
  /** Undefined when no master key at hand opens it. */
  open(wrapped: Buffer, purpose: string): Buffer | undefined;
}

export function wrappingWith({ current, previous }: MasterKeys): Wrapping {
  const masters = [current, ...(previous === undefined ? [] : [previous])];
  const [first, ...others] = masters.map((bytes): DataKey => ({ id: 'master', bytes }));
  if (!first) throw new Error('there is always a current master key');
  return {
    current: fingerprintOf(current),
    fingerprints: masters.map(fingerprintOf),
    wrap: (bytes, purpose) => seal(first, bytes, purpose),
    open: (wrapped, purpose) => {
      for (const master of [first, ...others]) {
        try {
          return open(master, wrapped, purpose);
        } catch (error) {
          // Wrapped with the other key, or damaged: the caller says which, it knows what it is.
          if (!(error instanceof SealBroken)) throw error;
        }
      }
      return undefined;
    },
  };
}

/** The name a process bears on its key-store connection: the fingerprints of its master keys, the one that wraps first. */
export const openedWith = ({ fingerprints }: Wrapping): string => `hub keys ${fingerprints.join(' ')}`;
