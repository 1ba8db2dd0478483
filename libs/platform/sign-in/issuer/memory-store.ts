import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterPayload } from 'oidc-provider';

const ENTRIES = 50_000;

/**
 * The issuer's sessions and codes, in memory and bounded: people sign in again after a restart, tokens stay valid.
 * One store for all kinds of entry; answers the factory that the provider asks for each kind.
 */
export function memoryStore(): (kind: string) => Adapter {
  const entries = new LRUCache<string, AdapterPayload>({ max: ENTRIES });
  const find = (kind: string, matches: (entry: AdapterPayload) => boolean): AdapterPayload | undefined =>
    [...entries.entries()].find(([key, entry]) => key.startsWith(`${kind} `) && matches(entry))?.[1];

  return (kind) => ({
    upsert: async (id, payload, expiresIn: number | undefined) => {
      // The types promise a number; what never ends comes without.
      entries.set(`${kind} ${id}`, payload, expiresIn ? { ttl: expiresIn * 1_000 } : {});
    },
    find: async (id) => entries.get(`${kind} ${id}`),
    findByUid: async (uid) => find(kind, (entry) => entry.uid === uid),
    findByUserCode: async (code) => find(kind, (entry) => entry.userCode === code),
    consume: async (id) => {
      const entry = entries.get(`${kind} ${id}`);
      if (entry) entry.consumed = Math.floor(Date.now() / 1_000);
    },
    destroy: async (id) => void entries.delete(`${kind} ${id}`),
    revokeByGrantId: async (grant) => {
      for (const [key, entry] of [...entries.entries()]) if (entry.grantId === grant) entries.delete(key);
    },
  });
}
