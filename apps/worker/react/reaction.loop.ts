import { once } from 'node:events';
import { versionsOf } from '../../../libs/contracts/evolution.js';
import { FACT_WITHDRAWN, type Position, type RecordedEvent } from '../../../libs/kernel/event-log.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { settledAt } from '../../../libs/platform/projections/lag.js';
import { advance, claimChildren, progress, type DueChild, type Lane } from '../../../libs/platform/reactions/queue.js';
import { becomeCurrent, whileCurrent } from '../../../libs/platform/reactions/version.js';
import { reactTo, typesOf, type Reactions } from './react.js';

/** In hand together: what comes and is urgent waits for no more than these. */
const ASKED = 50;
const COME = 100;
const READ = 2_000;
const LEASE_SECONDS = 10;
/** How long a change that this instance did not see itself may wait. */
const POLL_MS = 500;
const AGAIN_MS = 1_000;

/**
 * Follows the log, and derives children whose facts, links, rules or clock moved, until the signal aborts; then finishes what is in
 * hand. Any number of instances may run: a child is one's at a time.
 */
export async function runReactions(parts: Parts, signal: AbortSignal, reactions: Reactions): Promise<void> {
  await persist(parts, signal, () =>
    whileCurrent(parts.database, versionOf(reactions), storedTypesOf(reactions), signal, async (current) => {
      const bell = new EventTarget();
      await Promise.all([
        persist(parts, current, () => follow(parts, current, reactions, bell)),
        persist(parts, current, () => drainDue(parts, current, reactions, bell)),
      ]);
    }),
  );
}

/** Derives whatever is due until nothing is: for the command line and tests. Answers how many children it looked at. */
export async function drainReactions(parts: Parts, reactions: Reactions): Promise<number> {
  await becomeCurrent(parts.database, versionOf(reactions), storedTypesOf(reactions));
  let from = await progress(parts.database);
  for (;;) {
    const events = await parts.log.readAll(from, READ);
    if (events.length === 0) break;
    await lookThrough(parts, reactions, from, events);
    from = await progress(parts.database);
  }
  let done = 0;
  for (;;) {
    const derived = await turn(parts, reactions);
    if (derived === 0) return done;
    done += derived;
  }
}

async function follow(parts: Parts, signal: AbortSignal, reactions: Reactions, bell: EventTarget): Promise<void> {
  let from = await progress(parts.database);
  for await (const events of parts.log.subscribe(from, { signal, batch: READ })) {
    // Another instance has gone on: begin again from where it is.
    if (!(await lookThrough(parts, reactions, from, events, signal))) return;
    from = events.at(-1)?.position ?? from;
    bell.dispatchEvent(new Event('due'));
  }
}

/** Asks for the children that these events may change something for. */
async function lookThrough(
  { database }: Parts,
  reactions: Reactions,
  from: Position | null,
  events: readonly RecordedEvent[],
  signal?: AbortSignal,
): Promise<boolean> {
  const last = events.at(-1);
  if (!last) return true;
  const of = (types: ReadonlySet<string>): string[] =>
    events.filter(({ type }) => types.has(type)).map(({ stream }) => stream);
  const records = of(new Set([...storedTypesOf(reactions), FACT_WITHDRAWN]));
  // Facts are read from the timeline's rows: they have to be there.
  if (records.length > 0) await settledAt(database, 'timeline', last.position, signal);
  // Ended before they were: whoever goes on from here looks at these events again.
  if (signal?.aborted) return false;
  return await advance(database, from, last.position, records, new Set(of(urgentOf(reactions))));
}

async function drainDue(parts: Parts, signal: AbortSignal, reactions: Reactions, bell: EventTarget): Promise<void> {
  while (!signal.aborted) {
    const rung = ring(bell, signal);
    if ((await turn(parts, reactions)) === 0) await rung;
  }
}

/**
 * Derives some of those that are due: what was asked for first, and where that leaves none over, beside it first those whose instant
 * has come, so that however much is asked for they are never passed over. Answers how many.
 */
async function turn(parts: Parts, reactions: Reactions): Promise<number> {
  const asked = await claim(parts, reactions, 'asked', ASKED);
  const come = asked.length < ASKED ? [] : await claim(parts, reactions, 'instant', COME);
  const lanes = [asked, come].filter(({ length }) => length > 0);
  const ended = await Promise.allSettled(lanes.map(async (some) => reactTo(some, parts, reactions)));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return asked.length + come.length;
}

async function claim({ database, clock }: Parts, reactions: Reactions, lane: Lane, limit: number): Promise<DueChild[]> {
  const now = new Date(clock.now()).toISOString();
  const version = versionOf(reactions);
  return await claimChildren(database, { version, now, lane, limit, leaseSeconds: LEASE_SECONDS });
}

/** Resolves when the follower found something, or after a while: begun before the look, so that nothing falls between. */
async function ring(bell: EventTarget, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(POLL_MS)]);
  const ended = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([ended, once(bell, 'due', { signal: over }).catch((error: unknown) => aborted(error))]);
}

function aborted(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}

async function persist({ logger }: Parts, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) return;
      // The database or the log is away: leases run out, and the children come round again.
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      logger.error({ code }, 'deriving was interrupted, and goes on');
      const over = AbortSignal.any([signal, AbortSignal.timeout(AGAIN_MS)]);
      if (!over.aborted) await once(over, 'abort');
    }
  }
}

// As they were stored: an event keeps the type of its day.
const storedTypesOf = (reactions: Reactions): string[] => typesOf(reactions).flatMap(versionsOf);

const urgentOf = ({ capabilities }: Reactions): ReadonlySet<string> =>
  new Set(capabilities.flatMap(({ urgent = [] }) => urgent).flatMap(versionsOf));

function versionOf({ capabilities, rules }: Reactions): string {
  return [...capabilities.map(({ name, version }) => `${name}:${version}`), rules.version].join(' ');
}
