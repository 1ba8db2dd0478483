import { randomBytes, randomUUID } from 'node:crypto';
import type { Anchor, DataKey, KeyStore } from '../../kernel/keys.js';
import { keyedHash } from '../../platform/keys/keyed-hash.js';

/** A key store for tests without a database. Passes the same contract suite as the real one. */
export function memoryKeyStore(secret: Uint8Array = randomBytes(32)): KeyStore {
  const keys = new Map<string, DataKey>();
  const anchors = new Map<string, Anchor>();
  return {
    take: async (count) =>
      Array.from({ length: count }, () => {
        const key: DataKey = { id: randomUUID(), bytes: randomBytes(32) };
        keys.set(key.id, key);
        return key;
      }),
    find: async (ids) => new Map(ids.flatMap((id) => [keys.get(id)].flatMap((key) => (key ? [[id, key]] : [])))),
    destroy: async (ids) => {
      for (const id of ids) keys.delete(id);
    },
    hash: keyedHash(secret),
    anchor: async (name) => anchors.get(name),
    moveAnchor: async (name, from, to) => {
      if (anchors.get(name)?.position !== from?.position) return false;
      anchors.set(name, to);
      return true;
    },
    close: async () => undefined,
  };
}
