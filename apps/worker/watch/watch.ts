import { agencies } from '../../../libs/kernel/agency.js';
import { dayInLondon } from '../../../libs/kernel/london.js';
import { transaction } from '../../../libs/platform/database/pool.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { endSettled, escalate, raise, unweighed } from '../../../libs/platform/watch/urgent-store.js';
import {
  beginBeat,
  beginSilence,
  endBeat,
  endSilence,
  hear,
  heard,
  noteOutage,
  outages,
  silences,
  type Beat,
  type Heard,
  type Silence,
} from '../../../libs/platform/watch/watch-store.js';
import type { Cadence, SourceBook } from '../../../libs/sources/cadence.js';
import { signOfMissing } from '../../../libs/sources/may-be-missing.js';
import { silentFrom } from '../../../libs/sources/silence.js';

/** Longer than this without a look, and the hub itself was away: every instance looks four times a minute. */
const AWAY_MS = 5 * 60_000;
const MOST_OPEN = 1_000;

export interface WatchSettings {
  readonly sources: SourceBook;
  /** False where nobody is expected to go on speaking: in the demonstration. */
  readonly expectant: boolean;
  /** After so many minutes an urgent message that nobody has taken goes to the team manager. */
  readonly escalateMinutes: number;
}

/**
 * One look at the sources and at what waits: notices silences that begin and end, raises messages that may report a missing
 * child, and escalates those nobody took. Any number of instances may look; each thing is noticed once.
 */
export async function lookOut(parts: Parts, settings: WatchSettings): Promise<void> {
  await watchSources(parts, settings);
  await weighMessages(parts, settings);
}

async function watchSources({ database, clock, logger, metrics }: Parts, settings: WatchSettings): Promise<void> {
  const now = clock.now();
  const at = new Date(now).toISOString();
  const day = dayInLondon(at);
  const open = await transaction(database, async (connection) => {
    const beat = await beginBeat(connection, at, day);
    if (!beat) return undefined;
    const last = Date.parse(beat.at);
    // The clock stepped back: what was noticed stands, and nothing new is noticed until it is past that again.
    if (now < last) return undefined;
    if (now - last > AWAY_MS) await noteOutage(connection, beat.at, at);
    // From the look before the last: a message commits later than it is numbered, though never by so much.
    const highest = await hear(connection, systemsOf(settings.sources), beat.seqBefore);
    await endBeat(connection, nextBeat(beat, at, day, highest));
    const standing = (await silences(connection, MOST_OPEN)).filter(({ endedAt }) => endedAt === undefined);
    const silent = settings.expectant ? await silentNow() : [];
    for (const silence of standing) {
      if (silent.some((other) => sameSilence(silence, other))) continue;
      await endSilence(connection, silence, at);
      logger.info({ ...silence, endedAt: at }, 'a source is heard again');
    }
    for (const silence of silent) {
      if (await beginSilence(connection, silence, at)) logger.warn({ ...silence }, 'a source has fallen silent');
    }
    return silent;

    async function silentNow(): Promise<Silence[]> {
      const [said, away] = [await heard(connection), await outages(connection)];
      return settings.sources.cadences.flatMap((cadence) => {
        const { system, format } = cadence;
        const last = lastHeard(said, cadence);
        if (last === undefined) return [];
        const began = silentFrom(Date.parse(last), cadence, away, settings.sources.holidays);
        if (began > now) return [];
        return [{ system, format, heardAt: last, beganAt: new Date(began).toISOString() }];
      });
    }
  });
  if (!open) return;
  metrics.sourceSilent.reset();
  for (const { system, format } of settings.sources.cadences) metrics.sourceSilent.set({ system, format }, 0);
  for (const { system, format } of open) metrics.sourceSilent.set({ system, format }, 1);
}

/** The hub's own users speak through it too, and are nobody's source. */
function systemsOf({ cadences }: SourceBook): string[] {
  return [...new Set([...agencies, ...cadences.map(({ system }) => system)])];
}

function nextBeat({ seqNow, day: dayBefore, daySeq }: Beat, at: string, day: string, highest: bigint): Beat {
  return { at, seqBefore: seqNow, seqNow: highest, day, daySeq: day === dayBefore ? daySeq : seqNow };
}

/** When a source, or its format, was last heard; undefined when never: what has not begun cannot stop. */
function lastHeard(said: readonly Heard[], { system, format }: Pick<Cadence, 'system' | 'format'>): string | undefined {
  return said
    .filter((one) => one.system === system && (format === '' || one.format === format))
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
}

// Heard in between and silent once more: a second one.
const sameSilence = (one: Silence, other: Silence): boolean =>
  one.system === other.system && one.format === other.format && one.heardAt === other.heardAt;

async function weighMessages(
  { database, keys, clock, logger, metrics }: Parts,
  settings: WatchSettings,
): Promise<void> {
  const { mayReportMissing } = settings.sources;
  const now = clock.now();
  const at = new Date(now).toISOString();
  for (let next = await unweighed(database, keys); next.length > 0; next = await unweighed(database, keys)) {
    const weighed = next.map(({ receipt, ...message }) => {
      const sign = signOfMissing(message, mayReportMissing.includes(message.system));
      return { receipt, ...(sign === undefined ? {} : { sign }) };
    });
    for (const receipt of await raise(database, weighed, at)) {
      logger.warn({ receipt }, 'a message that may report a missing child could not be recorded');
    }
  }
  await endSettled(database, at);
  const late = await escalate(database, new Date(now - settings.escalateMinutes * 60_000).toISOString(), at);
  for (const { receipt, system } of late) {
    logger.error({ receipt, system }, 'nobody has taken a message that may report a missing child');
    metrics.urgentEscalated.inc({ system });
  }
}
