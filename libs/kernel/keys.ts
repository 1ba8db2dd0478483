/** A data key: seals one record's events, or one receipt. Destroying it erases everything it sealed. */
export interface DataKey {
  /** UUID; stored beside what it seals. */
  readonly id: string;
  /** 32 bytes, AES-256. Never leaves the process. */
  readonly bytes: Uint8Array;
}

/** The key store, kept in a database of its own and wrapped by a master key. */
export interface KeyStore {
  /** New keys, durable before they are returned, never handed out twice. */
  take(count: number): Promise<DataKey[]>;
  /** The keys that still exist; one that is missing from the map has been destroyed. */
  find(ids: readonly string[]): Promise<Map<string, DataKey>>;
  /** Irreversible. Resolves once no read of the store can bring the keys back. */
  destroy(ids: readonly string[]): Promise<void>;
  /** HMAC-SHA-256 under the hub's own secret (stable across master-key rotation); `domain` keeps uses apart. */
  hash(domain: string, ...parts: readonly (string | Uint8Array)[]): Buffer;
  /** How far the chain of this name had come when it was last noted; undefined before the first time. */
  anchor(name: string): Promise<Anchor | undefined>;
  /** Notes how far it has come since `from`. False, and nothing changed, when another process has noted it meanwhile. */
  moveAnchor(name: string, from: Anchor | undefined, to: Anchor): Promise<boolean>;
  close(): Promise<void>;
}

/** A place in a chain of hashes that lies elsewhere, kept here so that nobody can shorten it there. */
export interface Anchor {
  readonly position: bigint;
  readonly hash: Uint8Array;
}

/** A body that was sealed: either readable, or its key is gone. Folds and pages must meet both. */
export type Opened = { readonly erased: false; readonly data: Uint8Array } | { readonly erased: true };
