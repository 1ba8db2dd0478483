import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { open, seal } from '../../../libs/platform/keys/seal.js';
import { noRefusals, type Refusals } from '../../../libs/platform/sign-in/revocations.js';
import type { SessionStore } from '../../../libs/platform/reading/session-store.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';

const MINUTE = 60_000;
/** Signed out after so long without a page. */
const IDLE_MS = 30 * MINUTE;
/** And after a long shift whatever happens (OWASP ASVS 3.3). */
const LONGEST_MS = 12 * 60 * MINUTE;
/** How often looking at pages moves the end on: not at every click. */
const RENEW_MS = MINUTE;

export interface SignedIn {
  readonly viewer: Viewer;
  /** As the issuer says it; else the sign-in name. */
  readonly name: string;
  /** For signing out at the issuer too. */
  readonly idToken: string;
}

export interface Session extends SignedIn {
  /** What a form must send back: proof that the page was ours. */
  readonly formToken: string;
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly seen: number;
}

/**
 * Portal sessions. The cookie is a random id; the database holds its hash and data sealed under a key made from the id, so
 * neither the database nor the key store alone gives a session away.
 */
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly keys: KeyStore,
    private readonly clock: Clock,
    private readonly refusals: Refusals = noRefusals,
  ) {}

  /** Begins a session; resolves to the cookie's value. */
  async begin(signedIn: SignedIn): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const formToken = randomBytes(32).toString('base64url');
    await this.store.removeExpired(new Date(now).toISOString());
    await this.#write(id, { ...signedIn, formToken, began: now, seen: now });
    return id;
  }

  /** The session of a cookie; undefined when there is none, it has run out, or the person's credential was revoked. */
  async find(id: string | undefined): Promise<Session | undefined> {
    if (id === undefined || !/^[\w-]{43}$/.test(id)) return undefined;
    const now = this.clock.now();
    const sealed = await this.store.find(hashOf(id), new Date(now).toISOString());
    if (!sealed) return undefined;
    const session = JSON.parse(open(this.#key(id), sealed, 'session').toString()) as Session;
    const revoked = this.refusals.refuses('person', session.viewer.who, Math.floor(session.began / 1_000));
    if (revoked || now - session.seen > IDLE_MS || now - session.began > LONGEST_MS) {
      await this.end(id);
      return undefined;
    }
    if (now - session.seen > RENEW_MS) await this.#write(id, { ...session, seen: now });
    return session;
  }

  async end(id: string): Promise<void> {
    await this.store.remove(hashOf(id));
  }

  async #write(id: string, session: Session): Promise<void> {
    const ends = Math.min(session.seen + IDLE_MS, session.began + LONGEST_MS);
    const data = seal(this.#key(id), Buffer.from(JSON.stringify(session)), 'session');
    await this.store.write(hashOf(id), data, new Date(ends).toISOString());
  }

  #key(id: string): { id: string; bytes: Uint8Array } {
    return { id: 'session', bytes: this.keys.hash('session-key', id) };
  }
}

const hashOf = (id: string): Buffer => createHash('sha256').update(id).digest();
