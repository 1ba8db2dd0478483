import { pause } from '../../../libs/platform/pause.js';
import { CommandFailed } from '../command.js';

/** What a door answered: 2xx, or a problem that sending again does not change. */
export interface DoorAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
}

export interface DoorSettings {
  readonly url: string;
  /** A fresh access token of the system; called again when one is no longer taken. */
  readonly token: () => Promise<string>;
  /** Hears that the hub cannot take more just now, or is away. */
  readonly onWait?: (seconds: number) => void;
  readonly signal?: AbortSignal;
}

/** Seconds for which a hub may be away: a restart, a rolling upgrade. One that is busy is waited for without end. */
const AWAY_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 30;

/** A running hub's HTTP doors, for a caller with much to say: waits when the hub is busy, and sends again what was not answered. */
export class Door {
  #token: Promise<string> | undefined;

  constructor(private readonly settings: DoorSettings) {}

  /** Resolves with what was answered for good. Throws `CommandFailed` when the hub stays away or does not take the token. */
  async ask(
    path: string,
    request: { method?: string; headers?: Record<string, string>; body?: Buffer },
  ): Promise<DoorAnswer> {
    const { url, token, onWait, signal } = this.settings;
    let away = 0;
    for (let tries = 0, refused = 0; ; tries += 1) {
      signal?.throwIfAborted();
      const answer = await this.#once(`${url}${path}`, { ...request, token: await (this.#token ??= token()) });
      if (answer?.status === 401) {
        this.#token = undefined;
        refused += 1;
        if (refused > 1) throw new CommandFailed('the hub does not take the credential of this system');
        continue;
      }
      if (answer && answer.status < 500) return { ok: answer.status < 300, status: answer.status, body: answer.body };
      const busy = answer?.status === 503;
      const seconds = busy ? Math.min(answer.retryAfter, LONGEST_WAIT_SECONDS) : Math.min(0.1 * 2 ** tries, 5);
      away = busy ? 0 : away + seconds;
      if (away > AWAY_SECONDS) throw new CommandFailed(`no hub answers at ${url} any more: run this again, it goes on`);
      onWait?.(seconds);
      await pause(seconds * 1_000, signal);
    }
  }

  async #once(
    address: string,
    { token, headers, ...request }: { token: string; method?: string; headers?: Record<string, string>; body?: Buffer },
  ): Promise<{ status: number; body: unknown; retryAfter: number } | undefined> {
    let text: string;
    let response: Response;
    try {
      response = await fetch(address, { ...request, headers: { ...headers, authorization: `Bearer ${token}` } });
      text = await response.text();
    } catch (error) {
      // Away, or it died before it answered: sending again is safe, the id decides.
      if (error instanceof TypeError) return undefined;
      throw error;
    }
    const retryAfter = Number(response.headers.get('retry-after') ?? 1);
    return { status: response.status, body: parsed(text), retryAfter: Number.isFinite(retryAfter) ? retryAfter : 1 };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
