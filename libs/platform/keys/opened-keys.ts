import { LRUCache } from 'lru-cache';
import type { DataKey } from '../../kernel/keys.js';
import { listen } from '../database/listen.js';

/** Channel on which a process tells the others that keys are gone: their ids, space-separated. */
export const KEY_DESTROYED = 'key_destroyed';

export interface CacheLimits {
  readonly maxKeys: number;
  /** A key destroyed by another process is forgotten at once when it says so, and after this in any case. */
  readonly maxAgeMs: number;
}

/** Opened keys, so that the hot path neither queries nor unwraps. Holds nothing while it could miss a destruction. */
export class OpenedKeys {
  readonly #keys: LRUCache<string, DataKey>;
  #attentive = false;
  #forgotten = 0;
  #end: () => Promise<void> = async () => undefined;

  private constructor(limits: CacheLimits) {
    this.#keys = new LRUCache({ max: limits.maxKeys, ttl: limits.maxAgeMs });
  }

  /** `name` shows in pg_stat_activity for as long as this is open. */
  static async listening(url: string, limits: CacheLimits, name: string): Promise<OpenedKeys> {
    const opened = new OpenedKeys(limits);
    const listener = {
      heard: (payload: string) => opened.forget(payload.split(' ')),
      attentive: (yes: boolean) => {
        opened.#attentive = yes;
        opened.#forgotten += 1;
        opened.#keys.clear();
      },
    };
    opened.#end = await listen(url, KEY_DESTROYED, listener, name);
    return opened;
  }

  /** Taken before a read of the store, given back to `keep`: a key destroyed in between is then not kept. */
  get moment(): number {
    return this.#forgotten;
  }

  get(id: string): DataKey | undefined {
    return this.#keys.get(id);
  }

  keep(keys: Iterable<DataKey>, readAt: number): void {
    if (!this.#attentive || readAt !== this.#forgotten) return;
    for (const key of keys) this.#keys.set(key.id, key);
  }

  forget(ids: readonly string[]): void {
    this.#forgotten += 1;
    for (const id of ids) this.#keys.delete(id);
  }

  async close(): Promise<void> {
    this.#attentive = false;
    this.#keys.clear();
    await this.#end();
  }
}
