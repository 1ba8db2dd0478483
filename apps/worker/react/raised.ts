import type { RecordedEvent } from '../../../libs/kernel/event-log.js';
import type { DataKey } from '../../../libs/kernel/keys.js';
import { noOutputs, type Outputs } from '../../../libs/duties/outputs.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { openOutputs } from './output-stream.js';

interface Stream {
  readonly outputs: Outputs;
  /** -1 where nothing was raised. */
  readonly revision: number;
}

/** What the streams of some children say is raised, as they were when they were read. */
export class Raised {
  private constructor(
    private readonly streams: ReadonlyMap<string, readonly RecordedEvent[]>,
    private readonly keys: ReadonlyMap<string, DataKey>,
  ) {}

  static async of(children: readonly string[], { log, keys }: Parts): Promise<Raised> {
    const streams = await log.readStreams(children);
    const sealed = [...streams.values()].flatMap((events) => events.slice(-1).map(({ meta }) => meta.key));
    return new Raised(streams, await keys.find([...new Set(sealed)]));
  }

  /** Throws when a body does not open: better no answer than a second telling. */
  of(child: string): Stream {
    const events = this.streams.get(child) ?? [];
    const last = events.at(-1);
    if (!last) return { outputs: noOutputs, revision: -1 };
    const key = this.keys.get(last.meta.key);
    return { outputs: key ? openOutputs(events, key) : noOutputs, revision: last.revision };
  }
}
