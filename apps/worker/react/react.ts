import { RevisionConflict } from '../../../libs/kernel/event-log.js';
import type { Derived, HeldFact, Reacting } from '../../../libs/kernel/capability.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import { compare } from '../../../libs/duties/compare.js';
import { noOutputs, type Outputs } from '../../../libs/duties/outputs.js';
import { transaction } from '../../../libs/platform/database/pool.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import {
  keyOfChild,
  placeOnBoards,
  reactingChildren,
  type PlaceRow,
  type ReactingChild,
} from '../../../libs/platform/reactions/children.js';
import { sealedFacts } from '../../../libs/platform/reactions/held-facts.js';
import {
  finishChildren,
  releaseChildren,
  type DerivedChild,
  type DueChild,
} from '../../../libs/platform/reactions/queue.js';
import { opaqueId, outputEvents } from './output-stream.js';
import { Raised } from './raised.js';

/** What the engine runs, and by which rules. */
export interface Reactions {
  readonly capabilities: readonly Reacting[];
  readonly rules: Rules;
}

/**
 * Derives these children as of now and appends what is different from what was raised. Each may be run again at any moment, by any
 * number of workers: a child's stream takes one answer at a revision, and whoever comes second finds nothing left to say. A child
 * that cannot be derived stands in no other's way; rejects once the others are done.
 */
export async function reactTo(due: readonly DueChild[], parts: Parts, reactions: Reactions): Promise<void> {
  const ids = due.map(({ child }) => child);
  // What was raised before what is so: whoever derives from facts that have changed meanwhile is late at the stream, and says nothing.
  const before = await Raised.of(ids, parts);
  const [children, facts] = await Promise.all([
    reactingChildren(parts.database, ids),
    sealedFacts(parts, ids, typesOf(reactions)),
  ]);
  const byId = new Map(children.map((child) => [child.id, child]));
  const done: DerivedChild[] = [];
  const overtaken: string[] = [];
  const failed: unknown[] = [];
  const places = new Map<string, readonly PlaceRow[]>();
  const run = async (one: DueChild): Promise<void> => {
    const child = byId.get(one.child);
    const at = latest(new Date(parts.clock.now()).toISOString(), one.derivedAt);
    if (!child) {
      done.push({ ...one, at });
      return;
    }
    // What an emptied child's notices become is known once its heirs have been derived.
    await settleHeirs(child, parts, reactions);
    const derived = derive(child, facts.of(child.id), reactions, at);
    const next = await record(child, derived, at, before, parts);
    places.set(child.id, placesOf(derived));
    done.push({ ...one, at, ...(next === undefined ? {} : { next }) });
  };
  const settle = async (one: DueChild): Promise<void> => {
    try {
      await run(one);
    } catch (error) {
      // Another worker answered for this child first.
      if (error instanceof RevisionConflict) overtaken.push(one.child);
      else failed.push(error);
    }
  };
  // Emptied children last: their heirs may be among the others.
  const emptied = ({ child }: DueChild): number => Number(byId.get(child)?.emptied === true);
  const order = due.toSorted((one, other) => emptied(one) - emptied(other));
  await Promise.all(order.filter((one) => !emptied(one)).map(settle));
  await Promise.all(order.filter(emptied).map(settle));
  await transaction(parts.database, async (connection) => {
    const last = await finishChildren(connection, done);
    await placeOnBoards(connection, new Map([...places].filter(([child]) => last.has(child))));
  });
  await releaseChildren(parts.database, overtaken);
  // Those stay claimed, and come round when the lease has run out.
  if (failed.length > 0)
    throw new AggregateError(failed, `${failed.length} of ${due.length} children were not derived`);
}

async function settleHeirs({ emptied: gone, heirs }: ReactingChild, parts: Parts, reactions: Reactions): Promise<void> {
  if (!gone || heirs.length === 0) return;
  const before = await Raised.of(heirs, parts);
  const living = await reactingChildren(parts.database, heirs);
  const facts = await sealedFacts(parts, heirs, typesOf(reactions));
  const at = new Date(parts.clock.now()).toISOString();
  for (const heir of living) await record(heir, derive(heir, facts.of(heir.id), reactions, at), at, before, parts);
}

function derive(
  { id, provisional, possible, emptied: gone }: ReactingChild,
  facts: readonly HeldFact[],
  { capabilities, rules }: Reactions,
  at: string,
): ReadonlyMap<string, Derived> {
  if (gone) return new Map(capabilities.map(({ name }) => [name, { duties: [], notices: [] }]));
  return new Map(capabilities.map(({ name, react }) => [name, react(facts, { id, provisional, possible }, rules, at)]));
}

/** Appends the differences. Answers the next instant at which the answer changes. Throws `RevisionConflict`. */
async function record(
  child: ReactingChild,
  derived: ReadonlyMap<string, Derived>,
  at: string,
  before: Raised,
  parts: Parts,
): Promise<string | undefined> {
  const { keys, log, database } = parts;
  const { outputs, revision } = before.of(child.id);
  const { differences, next } = compare({
    derived,
    raised: outputs,
    inherited: await merged(child.became, parts),
    heirs: child.emptied ? await merged(child.heirs, parts) : noOutputs,
    at,
    idOf: (...said) => opaqueId(keys, 'reaction', child.id, ...said),
  });
  if (differences.length > 0) {
    const keyId = child.keyId ?? (await keyOfChild(database, keys, child.id));
    const key = keyId === undefined ? undefined : (await keys.find([keyId])).get(keyId);
    // Erased a moment ago: nothing is raised of it any more.
    if (!key) return undefined;
    const events = outputEvents(differences, { child: child.id, revision: revision + 1, at, key, keys });
    await log.append(child.id, revision < 0 ? 'no-stream' : revision, events);
  }
  const instants = [next, ...[...derived.values()].map((one) => one.next)].filter((one) => one !== undefined);
  return instants.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
}

async function merged(children: readonly string[], parts: Parts): Promise<Outputs> {
  if (children.length === 0) return noOutputs;
  const raised = await Raised.of(children, parts);
  const all = children.map((child) => raised.of(child).outputs);
  return {
    duties: new Map(all.flatMap(({ duties }) => [...duties])),
    notices: new Map(all.flatMap(({ notices }) => [...notices])),
  };
}

function placesOf(derived: ReadonlyMap<string, Derived>): PlaceRow[] {
  return [...derived].flatMap(([capability, { boards = [] }]) =>
    boards.map(({ board, causes, at }) => ({ capability, board, cause: causes[0] ?? '', at })),
  );
}

export const typesOf = ({ capabilities }: Reactions): readonly string[] => [
  ...new Set(capabilities.flatMap(({ reads }) => reads)),
];

function latest(now: string, before: string | null): string {
  return before !== null && Date.parse(before) > Date.parse(now) ? before : now;
}
