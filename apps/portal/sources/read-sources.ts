import { agencies } from '../../../libs/kernel/agency.js';
import { dayInLondon, startOfDayLondon } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { countToday, oldestWaiting, waitingByReason } from '../../../libs/platform/watch/sources-read.js';
import { heard, silences, type Silence } from '../../../libs/platform/watch/watch-store.js';
import { cadenceInWords, type SourceBook } from '../../../libs/sources/cadence.js';

const HISTORY = 50;
const MOST_WAITING = 20_000;

/** One source, without a word about any child. Times are RFC 3339. */
export interface SourceView {
  readonly system: string;
  readonly heardAt?: string;
  /** In words, one for each format that is expected by itself. */
  readonly expected: readonly string[];
  readonly silent: boolean;
  readonly received: number;
  readonly recorded: number;
  readonly held: number;
  readonly quarantined: number;
  readonly oldestWaiting?: string;
}

export interface SourcesView {
  readonly sources: readonly SourceView[];
  readonly silences: readonly Silence[];
  readonly waiting: Awaited<ReturnType<typeof waitingByReason>>;
}

/** Every source there can be, heard or not. `now`: milliseconds since the epoch. */
export async function readSources(database: Database, book: SourceBook, now: number): Promise<SourcesView> {
  const systems = [...new Set<string>([...agencies, ...book.cadences.map(({ system }) => system)])];
  const today = startOfDayLondon(dayInLondon(new Date(now).toISOString()));
  const [said, counts, oldest, happened, waiting] = [
    await heard(database),
    await countToday(database, systems, today),
    await oldestWaiting(database),
    await silences(database, HISTORY),
    await waitingByReason(database, MOST_WAITING),
  ];
  const sources = systems.map((system): SourceView => {
    const count = counts.find((one) => one.system === system);
    // What came since the hub last looked is heard too.
    const last = [...said.filter((one) => one.system === system).map(({ at }) => at), ...(count ? [count.latest] : [])]
      .toSorted()
      .at(-1);
    const waits = oldest.get(system);
    return {
      system,
      ...(last === undefined ? {} : { heardAt: last }),
      expected: book.cadences
        .filter((cadence) => cadence.system === system)
        .map((cadence) => `${cadence.format === '' ? '' : `${cadence.format}: `}${cadenceInWords(cadence)}`),
      silent: happened.some((one) => one.system === system && one.endedAt === undefined),
      received: count?.received ?? 0,
      recorded: count?.recorded ?? 0,
      held: count?.held ?? 0,
      quarantined: count?.quarantined ?? 0,
      ...(waits === undefined ? {} : { oldestWaiting: waits }),
    };
  });
  return { sources, silences: happened, waiting };
}
