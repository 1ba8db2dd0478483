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
import { heldFacts } from '../../../libs/platform/reactions/held-facts.js';
import { finishChildren, type DerivedChild, type DueChild } from '../../../libs/platform/reactions/queue.js';
import { opaqueId, openOutputs, outputEvents } from './output-stream.js';

/** What the engine runs, and by which rules. */
export interface Reactions {
  readonly capabilities: readonly Reacting[];
  readonly rules: Rules;
}

/** Appends under way at once: the log commits them together. */
const ABREAST = 32;

/**
 * Derives these children as of now and appends what is different from what was raised. Each may be run again at any moment, by any
 * number of workers: a child's stream takes one answer at a revision, and whoever comes second finds nothing left to say.
 */
export async function reactTo(due: readonly DueChild[], parts: Parts, reactions: Reactions): Promise<void> {
  const children = await reactingChildren(
    parts.database,
    due.map(({ child }) => child),
  );
  const types = [...new Set(reactions.capabilities.flatMap(({ reads }) => reads))];
  const facts = await heldFacts(
    parts,
    children.map(({ id }) => id),
    types,
  );
  const done: DerivedChild[] = [];
  const places = new Map<string, readonly PlaceRow[]>();
  const run = async (one: DueChild): Promise<void> => {
    const child = children.find(({ id }) => id === one.child);
    const at = latest(new Date(parts.clock.now()).toISOString(), one.derivedAt);
    if (!child) {
      done.push({ ...one, at });
      return;
    }
    // What an emptied child's notices become is known once its heirs have been derived.
    await settleHeirs(child, parts, reactions);
    const derived = derive(child, facts.get(child.id) ?? [], reactions, at);
    const next = await record(child, derived, at, parts);
    places.set(child.id, placesOf(derived));
    done.push({ ...one, at, ...(next === undefined ? {} : { next }) });
  };
  // Emptied children last: their heirs may be among the others.
  const order = due.toSorted((one, other) => Number(emptied(children, one)) - Number(emptied(children, other)));
  for (let from = 0; from < order.length; from += ABREAST) {
    await Promise.all(order.slice(from, from + ABREAST).map((one) => unlessOvertaken(run(one))));
  }
  await transaction(parts.database, async (connection) => {
    await placeOnBoards(connection, places);
    await finishChildren(connection, done);
  });
}

async function settleHeirs({ emptied: gone, heirs }: ReactingChild, parts: Parts, reactions: Reactions): Promise<void> {
  if (!gone) return;
  const living = await reactingChildren(parts.database, heirs);
  if (living.length === 0) return;
  const types = [...new Set(reactions.capabilities.flatMap(({ reads }) => reads))];
  const facts = await heldFacts(parts, heirs, types);
  const at = new Date(parts.clock.now()).toISOString();
  for (const heir of living) await record(heir, derive(heir, facts.get(heir.id) ?? [], reactions, at), at, parts);
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
  parts: Parts,
): Promise<string | undefined> {
  const { keys, log, database } = parts;
  const raised = await outputsIn(child.id, child.keyId, parts);
  const inherited = await merged(child.became, parts);
  const { differences, next } = compare({
    derived,
    raised: raised.outputs,
    inherited,
    goneOn: child.emptied ? await goneOn(child, parts) : new Set(),
    at,
    idOf: (...said) => opaqueId(keys, 'reaction', child.id, ...said),
  });
  if (differences.length > 0) {
    const keyId = child.keyId ?? (await keyOfChild(database, keys, child.id));
    const key = keyId === undefined ? undefined : (await keys.find([keyId])).get(keyId);
    // Erased a moment ago: nothing is raised of it any more.
    if (!key) return undefined;
    const { revision } = raised;
    const events = outputEvents(differences, { child: child.id, revision: revision + 1, at, key, keys });
    await log.append(child.id, revision < 0 ? 'no-stream' : revision, events);
  }
  const instants = [next, ...[...derived.values()].map((one) => one.next)].filter((one) => one !== undefined);
  return instants.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
}

async function outputsIn(
  child: string,
  keyId: string | null,
  { keys, log }: Parts,
): Promise<{ readonly outputs: Outputs; readonly revision: number }> {
  if (keyId === null) return { outputs: noOutputs, revision: -1 };
  const events = await log.readStream(child);
  const key = (await keys.find([keyId])).get(keyId);
  const revision = events.at(-1)?.revision ?? -1;
  return { outputs: key ? openOutputs(events, key) : noOutputs, revision };
}

async function merged(children: readonly string[], parts: Parts): Promise<Outputs> {
  if (children.length === 0) return noOutputs;
  const gone = await reactingChildren(parts.database, children);
  const all = await Promise.all(gone.map(async ({ id, keyId }) => (await outputsIn(id, keyId, parts)).outputs));
  return {
    duties: new Map(all.flatMap(({ duties }) => [...duties])),
    notices: new Map(all.flatMap(({ notices }) => [...notices])),
  };
}

async function goneOn({ heirs }: ReactingChild, parts: Parts): Promise<ReadonlySet<string>> {
  const { notices } = await merged(heirs, parts);
  return new Set([...notices.values()].filter(({ state }) => state === 'told').map(({ id }) => id));
}

function placesOf(derived: ReadonlyMap<string, Derived>): PlaceRow[] {
  return [...derived].flatMap(([capability, { boards = [] }]) =>
    boards.map(({ board, causes, at }) => ({ capability, board, cause: causes[0] ?? '', at })),
  );
}

// Another worker answered for this child first. It stays due, and is looked at again when the lease has run out.
async function unlessOvertaken(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
  }
}

function emptied(children: readonly ReactingChild[], { child }: DueChild): boolean {
  return children.find(({ id }) => id === child)?.emptied === true;
}

function latest(now: string, before: string | null): string {
  return before !== null && Date.parse(before) > Date.parse(now) ? before : now;
}
