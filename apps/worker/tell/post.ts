import { Webhook } from 'standardwebhooks';
import { Agent, request, type Dispatcher } from 'undici';
import { refusalOf } from '../../../libs/notifications/endpoint-address.js';
import type { Message } from '../../../libs/notifications/message.js';
import type { Endpoint } from '../../../libs/platform/notifications/endpoint-store.js';
import { nameServers, publicOnly, type AddressesOf } from './lookup.js';

const MOST_READ = 16_384;

/** What came of one attempt. `gone`: 410. `away`: nobody answered, or the server fails: whatever is sent fares the same. */
export type Posted = 'arrived' | 'refused' | 'gone' | 'away';

export interface Poster {
  post(endpoint: Pick<Endpoint, 'url' | 'secrets'>, message: Message, at: number): Promise<Posted>;
  close(): Promise<void>;
}

/**
 * Sends signed messages. Connects only to the address that was looked up and found to be public, for each message anew; follows no
 * redirect.
 */
export function poster(allowLoopback: boolean, timeoutMs = 10_000, addressesOf: AddressesOf = nameServers()): Poster {
  const lookup = publicOnly(allowLoopback, addressesOf);
  const agent = new Agent({ connect: { lookup, timeout: timeoutMs }, pipelining: 0 });
  return {
    post: async ({ url, secrets }, { id, body }, at) => {
      if (refusalOf(url, allowLoopback) !== undefined) return 'refused';
      const sentAt = new Date(at);
      const signature = secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body)).join(' ');
      const signal = AbortSignal.timeout(timeoutMs);
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at / 1_000)),
        'webhook-signature': signature,
      };
      const sent = request(url, { method: 'POST', dispatcher: agent, signal, headers, body });
      // Refused connections, names that lead nowhere or inwards, and answers that break off are one: nobody took it.
      return sent.then(answered).catch((_unreachable: unknown): Posted => 'away');
    },
    close: async () => agent.destroy(),
  };
}

/** Reads the answer to its end: one that breaks off has not said that it took the message. */
async function answered({ statusCode, body }: Dispatcher.ResponseData): Promise<Posted> {
  let read = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    read += chunk.byteLength;
    if (read > MOST_READ) break;
  }
  return outcomeOf(statusCode);
}

function outcomeOf(status: number): Posted {
  if (status >= 200 && status < 300) return 'arrived';
  if (status === 410) return 'gone';
  return status >= 500 || status === 429 ? 'away' : 'refused';
}
