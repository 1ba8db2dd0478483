import { setTimeout as delay } from 'node:timers/promises';
import { listen } from '../database/listen.js';
import type { Database } from '../database/pool.js';
import type { Logger } from '../telemetry/logger.js';
import { CREDENTIALS_CHANGED, credentials, type CredentialAction, type CredentialKind } from './credential-store.js';

// A notification can be missed; this long at most is a revocation not heard of.
const LOOK_EVERY_MS = 1_000;

/** Which credentials are taken back, asked at every request: from memory. */
export interface Refusals {
  /**
   * True for a credential that is revoked, and for one that was issued before it was last restored (`issuedAt`: seconds
   * since the epoch; undefined: nobody knows). A token stolen before the revocation stays worthless after it.
   */
  refuses(kind: CredentialKind, subject: string, issuedAt: number | undefined): boolean;
}

export const noRefusals: Refusals = { refuses: () => false };

/** What the hub's operators revoked, kept in step on every instance by notification, and by looking once a second. */
export class Revocations implements Refusals {
  readonly #standing = new Map<string, CredentialAction>();
  readonly #ended = new AbortController();
  #looking: Promise<void> = Promise.resolve();
  #stopListening: () => Promise<void> = async () => undefined;

  private constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /** Resolves once it knows how every credential stands. Rejects when the database cannot be asked. */
  static async following(database: Database, logger: Logger): Promise<Revocations> {
    const url = database.options.connectionString;
    if (url === undefined) throw new Error('revocations need a pool opened with a connection string');
    const revocations = new Revocations(database, logger);
    await revocations.#read();
    const again = (): void => void revocations.#look();
    revocations.#stopListening = await listen(url, CREDENTIALS_CHANGED, { heard: again, attentive: again });
    revocations.#looking = revocations.#keepLooking();
    return revocations;
  }

  refuses(kind: CredentialKind, subject: string, issuedAt: number | undefined): boolean {
    if (this.#standing.size === 0) return false;
    const last = this.#standing.get(keyOf(kind, subject));
    if (!last) return false;
    return last.action === 'revoked' || (issuedAt ?? 0) <= Math.floor(Date.parse(last.at) / 1_000);
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#looking;
    await this.#stopListening();
  }

  async #keepLooking(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await delay(LOOK_EVERY_MS, undefined, { ref: false, signal: this.#ended.signal }).catch(
        (_ended: unknown) => undefined,
      );
      if (!this.#ended.signal.aborted) await this.#look();
    }
  }

  // Without the database nothing is kept or shown anyway, and what is known stays true: it looks again in a second.
  async #look(): Promise<void> {
    await this.#read().catch((_away: unknown) => undefined);
  }

  async #read(): Promise<void> {
    for (const action of await credentials(this.database)) {
      const key = keyOf(action.kind, action.subject);
      const before = this.#standing.get(key);
      if (before?.at === action.at || (before !== undefined && before.at > action.at)) continue;
      this.#standing.set(key, action);
      // A person's sign-in name is in the record of what was done, not in a log.
      const { kind, subject } = action;
      this.logger.warn({ kind, ...(kind === 'system' ? { system: subject } : {}) }, `credential ${action.action}`);
    }
  }
}

const keyOf = (kind: CredentialKind, subject: string): string => `${kind} ${subject}`;
