import { childhood } from '../../../libs/simulations/childhood/childhood.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { tokenOf } from '../commands/partner.js';
import { CommandFailed } from '../command.js';

/**
 * Plays the demonstration childhood through the real doors of a running hub: every system publishes its own messages with
 * its own token, in the order in which they were told. Sent again, every message gives the receipt it got before.
 */
export async function playChildhood(
  url: string,
  now: string,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const tellings = childhood(now);
  const tokens = new Map<string, string>();
  let done = 0;
  for (const telling of tellings) {
    const token = tokens.get(telling.system) ?? (await tokenOf(telling.system));
    tokens.set(telling.system, token);
    const response = await fetch(...requestOf(url, telling, token));
    if (response.status !== 202) {
      throw new CommandFailed(
        `the demonstration stopped: ${telling.system} was answered ${response.status} ${await response.text()}`,
      );
    }
    onProgress(++done, tellings.length);
  }
  return done;
}

function requestOf(url: string, telling: Telling, token: string): [string, RequestInit] {
  const authorization = `Bearer ${token}`;
  if (telling.door === 'events') {
    const headers = { authorization, 'content-type': 'application/cloudevents+json' };
    return [`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(telling.event) }];
  }
  const headers = { ...telling.headers, authorization, 'hub-format': telling.format };
  return [`${url}/v1/native/${telling.system}`, { method: 'POST', headers, body: telling.body }];
}
