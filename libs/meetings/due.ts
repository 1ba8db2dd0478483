import type { BoardPlace, HeldFact } from '../kernel/capability.js';
import { openActions } from './actions.js';
import type { Forum, Why } from './forum.js';

/** What somebody knows of a child: all of it, or what one reader may have. The list is derived from nothing else. */
export interface Known {
  readonly facts: readonly HeldFact[];
  /** Where those facts put the child. */
  readonly boards: readonly BoardPlace[];
}

/** A reason why a child is on the list, and the facts (`HeldFact.fact`) it rests on. Never empty. */
export interface Reason {
  readonly why: Why;
  readonly causes: readonly string[];
}

/**
 * Why a child is due at a forum, in the forum's order; empty: not due. `since`: the last meeting, RFC 3339. An action that is still
 * open brings the child back until it is done.
 */
export function whyDue(forum: Forum, { facts, boards }: Known, since: string): readonly Reason[] {
  const reasons = forum.due.map((rule): Reason => {
    const causes =
      'board' in rule
        ? boards.filter(({ board }) => board === rule.board).flatMap((place) => place.causes)
        : facts
            .filter((one) => rule.recorded.includes(one.type) && isNew(one, since, rule.happenedWithin))
            .map(({ fact }) => fact);
    return { why: rule.why, causes: [...new Set(causes)] };
  });
  const actions: Reason = {
    why: 'open-action',
    causes: openActions(facts, forum.kind).map(({ set }) => set.fact),
  };
  return [...reasons, actions].filter(({ causes }) => causes.length > 0);
}

/** What is left of the reasons for somebody who may know of these facts only. */
export function reasonsAmong(reasons: readonly Reason[], facts: ReadonlySet<string>): readonly Reason[] {
  return reasons
    .map(({ why, causes }) => ({ why, causes: causes.filter((cause) => facts.has(cause)) }))
    .filter(({ causes }) => causes.length > 0);
}

const DAY = 86_400_000;

/** Recorded after the last meeting, of what happened not long before it. What was brought as history is no news, whenever it came. */
function isNew({ occurredAt, recordedAt, history }: HeldFact, since: string, days: number): boolean {
  const from = Date.parse(since);
  return !history && Date.parse(recordedAt) > from && Date.parse(occurredAt) > from - days * DAY;
}
