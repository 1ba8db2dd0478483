import type { HeldFact } from '../kernel/capability.js';

export const DECIDED = 'hub.record.v1.MeetingDecided';
export const ACTION_SET = 'hub.record.v1.MeetingActionSet';
export const ACTION_DONE = 'hub.record.v1.MeetingActionDone';

/** What meetings have left behind of a child. */
export const meetingTypes: readonly string[] = [DECIDED, ACTION_SET, ACTION_DONE];

/** Something an agency was asked to do at a meeting. */
export interface Action {
  readonly id: string;
  readonly meeting: string;
  readonly forum: string;
  readonly task: string;
  readonly owner: { readonly agency: string; readonly role: string };
  /** `YYYY-MM-DD`; '' where whoever wrote it down said none. */
  readonly dueOn: string;
  readonly set: HeldFact;
  /** Whoever says first that it is done. */
  readonly done?: HeldFact;
}

/** Every action among some facts, in the order they were set. What is said to be done before it was set is done all the same. */
export function actionsOf(facts: readonly HeldFact[]): readonly Action[] {
  const done = inOrder(facts.filter(({ type }) => type === ACTION_DONE));
  return inOrder(facts.filter(({ type }) => type === ACTION_SET)).map((set) => {
    const id = said(set, 'action');
    const met = done.find((one) => said(one, 'action') === id);
    return {
      id,
      meeting: said(set, 'meeting'),
      forum: said(set, 'forum'),
      task: said(set, 'task'),
      owner: { agency: said(set, 'ownerAgency'), role: said(set, 'ownerRole') },
      dueOn: said(set, 'dueOn'),
      set,
      ...(met ? { done: met } : {}),
    };
  });
}

export function openActions(facts: readonly HeldFact[], forum: string): readonly Action[] {
  return actionsOf(facts).filter((action) => action.forum === forum && !action.done);
}

/** What one meeting decided, in the order it was written down. */
export function decisionsOf(facts: readonly HeldFact[], meeting: string): readonly HeldFact[] {
  return inOrder(facts.filter((one) => one.type === DECIDED && said(one, 'meeting') === meeting));
}

/** Text of a field of a fact; '' where it says none. */
export function said({ content }: HeldFact, field: string): string {
  const value = content[field];
  return typeof value === 'string' ? value : '';
}

function inOrder(facts: readonly HeldFact[]): HeldFact[] {
  return facts.toSorted(
    (one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt) || (one.event < other.event ? -1 : 1),
  );
}
