import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const RETRY_MS = 500;

export interface Listener {
  /** A notification arrived. */
  heard(payload: string): void;
  /** False: the connection is lost and notifications may be missed, until true. */
  attentive(yes: boolean): void;
}

/**
 * Listens to a channel on a connection of its own, and comes back by itself when the server does. A notification can
 * always be missed: whoever listens polls too, or stops trusting what it holds while it is deaf.
 * `name` shows in pg_stat_activity. Resolves, once listening, to a function that ends it. Rejects when the first connection fails.
 */
export async function listen(
  url: string,
  channel: string,
  listener: Listener,
  name = `hub listen ${channel}`,
): Promise<() => Promise<void>> {
  const ended = new AbortController();
  let reconnecting: Promise<void> | undefined;
  let current = await connect();

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true });
    let listening = false;
    const lost = (): void => {
      // Before it listens, the awaited call below fails too and is the one to say so; after, once is enough.
      if (!listening || ended.signal.aborted) return;
      listening = false;
      listener.attentive(false);
      reconnecting = reconnect();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => listener.heard(payload ?? ''));
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    listening = true;
    listener.attentive(true);
    return client;
  }

  async function reconnect(): Promise<void> {
    while (!ended.signal.aborted) {
      try {
        await delay(RETRY_MS, undefined, { ref: false, signal: ended.signal });
        current = await connect();
        return;
      } catch {
        // Ended, or still down: the listener knows it is deaf, and whoever queries hears of the fault itself.
        continue;
      }
    }
  }

  return async () => {
    ended.abort();
    await reconnecting;
    await current.end();
  };
}
