import { isAgency } from '../kernel/agency.js';
import {
  defineCapability,
  type Derived,
  type Duty,
  type HeldFact,
  type Notice,
  type Recipient,
} from '../kernel/capability.js';
import { endOfDayLondon, isDay } from '../kernel/london.js';
import { nextOf, reminders } from '../kernel/limits.js';
import type { Rules } from '../kernel/rules.js';
import { ACTION_DONE, ACTION_SET, actionsOf, meetingTypes, type Action } from './actions.js';
import { forumOf } from './forum.js';

/** Rule of the rulebook: the cycle of missing and exploitation meetings. */
const RULE = 'B5';

/** What a meeting asked somebody to do is a duty of theirs until they say that it is done. */
export const meetings = defineCapability({
  name: 'meetings',
  version: 1,
  reads: meetingTypes,
  ends: { 'meeting-action': [ACTION_SET, ACTION_DONE] },
  fold: (facts: readonly HeldFact[]) => actionsOf(facts),
  derive,
});

function derive(actions: readonly Action[], rules: Rules, at: string): Derived {
  const each = actions.flatMap((action) => {
    const owner = ownerOf(action);
    return owner ? [chased(action, owner, rules, at)] : [];
  });
  return {
    duties: each.map(({ duty }) => duty),
    notices: each.flatMap(({ notices }) => notices),
    ...nextOf(each.flatMap(({ instants }) => instants)),
  };
}

function chased(action: Action, owner: Recipient, rules: Rules, at: string) {
  const { set, done, dueOn, forum } = action;
  const rule = rules.rule(RULE, set.occurredAt);
  const duty: Duty = {
    kind: 'meeting-action',
    causes: [set.fact],
    ...{ owner, rule: rule.id, verified: rule.verified, since: set.occurredAt },
    ...(isDay(dueOn) ? { due: endOfDayLondon(dueOn) } : {}),
    ...(done ? { met: { at: done.occurredAt, by: done.event } } : {}),
    details: { forum },
  };
  const told: Notice = {
    kind: 'meeting-action-set',
    ...{ causes: [set.fact], to: owner, urgency: 'ordinary', whenGone: 'recall', rule: rule.id },
    tellUntil: rules.after({ amount: 28, unit: 'calendar-days' }, set.occurredAt),
  };
  const { notices, instants } = reminders(duty, rule, rules, at);
  return { duty, notices: [told, ...notices], instants };
}

/** As the seat is told; whoever else was named is told as what they are. */
function ownerOf({ owner: { agency, role }, forum }: Action): Recipient | undefined {
  const seat = forumOf(forum)?.seats.find((one) => one.agency === agency && one.role === role);
  if (seat) return seat.told;
  return isAgency(agency) ? { agency, role, purpose: 'safeguarding' } : undefined;
}
