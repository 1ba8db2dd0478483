import type { Rule, Rules } from '../../../libs/kernel/rules.js';
import { roleWords } from '../../../libs/safeguarding/words.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import { toldWords, whenWords } from './loop-words.js';
import type { Told } from './told.js';

/** One rung of the line that a late duty is taken up: to whom, and since when or from when. */
export interface Escalation {
  readonly to: string;
  readonly when: string;
  /** Absent while it has not been taken there: it will be then, if nothing is done. */
  readonly told?: { readonly acknowledged: string | undefined; readonly over: boolean };
}

/** The line of a duty in its order: who has been told that it is late, who has acknowledged it, and who is next, and when. */
export function escalationsOf(
  { duty, state }: DutyInSight,
  rule: Rule,
  told: readonly Told[],
  rules: Rules,
): readonly Escalation[] {
  const { due } = duty;
  if (due === undefined) return [];
  return rule.escalations.flatMap(({ to, after }): Escalation[] => {
    const notice = told.find(
      ({ kind, causes }) =>
        kind === `${duty.kind}-escalated-${to}` && causes.some((cause) => duty.causes.includes(cause)),
    );
    if (notice) {
      const { when, acknowledged, over } = toldWords(notice);
      return [{ to: roleWords(to), when, told: { acknowledged, over } }];
    }
    return state === 'met' ? [] : [{ to: roleWords(to), when: whenWords(rules.after(after, due)) }];
  });
}
