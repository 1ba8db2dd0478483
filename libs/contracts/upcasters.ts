/** Reads the bytes of an older version of an event as those of the next one. */
export interface Upcaster {
  /** Type of the next version, in the catalogue as the older one is. */
  readonly to: string;
  /** Pure. Throws on bytes that are not of the older version. */
  readonly upcast: (old: Uint8Array) => Uint8Array;
}

/** Type of an older version → how it is read today. No event has an older version yet. */
export const upcasters: ReadonlyMap<string, Upcaster> = new Map();
