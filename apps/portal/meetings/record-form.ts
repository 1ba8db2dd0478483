import type { Seat } from '../../../libs/meetings/forum.js';
import { saidText, textFault } from '../annotations/said-text.js';
import { dayTyped } from './day-typed.js';

const LIMIT = 1_000;

/** What was typed of a decision and an action: either, or both. */
export interface RecordTyped {
  readonly decision: string;
  readonly task: string;
  /** An agency and a role, with a space between. */
  readonly owner: string;
  readonly due: string;
  /** `YYYY-MM-DD`; undefined where the day cannot be read. */
  readonly dueOn: string | undefined;
}

export function recordTyped(fields: Readonly<Record<string, string>>): RecordTyped {
  const due = fields['due'] ?? '';
  return {
    decision: saidText(fields['decision']),
    task: saidText(fields['task']),
    owner: fields['owner'] ?? '',
    due,
    dueOn: dayTyped(due),
  };
}

/** What is wrong with it, by field. */
export function recordFaults(typed: RecordTyped, owners: readonly Seat[]): Readonly<Record<string, string>> {
  const { decision, task, owner, due, dueOn } = typed;
  const asks = task !== '' || owner !== '' || due !== '';
  const decisionFault = textFault(decision, LIMIT, asks ? undefined : 'Say what was decided, or what is to be done');
  const taskFault = asks ? textFault(task, LIMIT, 'Say what is to be done') : undefined;
  const known = owners.some((seat) => `${seat.agency} ${seat.role}` === owner);
  return {
    ...(decisionFault === undefined ? {} : { decision: decisionFault }),
    ...(taskFault === undefined ? {} : { task: taskFault }),
    ...(asks && !known ? { owner: 'Choose who does it' } : {}),
    ...(asks && dueOn === undefined ? { due: 'Enter a real date, for example 27/3/2026' } : {}),
  };
}
