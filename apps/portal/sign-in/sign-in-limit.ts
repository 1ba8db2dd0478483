import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooMany } from '../../../libs/platform/problems/problem.js';

const WINDOW_SECONDS = 60;

/**
 * How often one address may begin a sign-in, and finish one, in a minute: each costs the issuer and us an exchange, and guessing needs
 * many. Counted by each process of the portal for itself.
 */
export class SignInLimit {
  readonly #limiter: RateLimiterMemory;

  constructor(aMinute: number) {
    this.#limiter = new RateLimiterMemory({ points: aMinute, duration: WINDOW_SECONDS });
  }

  /** Rejects with a `Problem` 429 that says when to come again. */
  async admit(what: 'begin' | 'finish', address: string): Promise<void> {
    try {
      await this.#limiter.consume(`${what} ${networkOf(address)}`);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
      throw tooMany('Too many sign-ins came from this address. Try again in a minute.', seconds);
    }
  }
}

// Whoever has one IPv6 address has the rest of its network.
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 8).join('.') : parsed.toString();
}
