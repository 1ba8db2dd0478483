import type { Duty, HeldFact, Notice, Recipient } from './capability.js';
import type { Occurred } from './fact.js';
import { dayInLondon } from './london.js';
import type { Rule, Rules } from './rules.js';

const time = (at: string): number => Date.parse(at);

/** A time as a limit counts from it: of a day of which no time is known, the day. */
export function occurred({ at, precision }: { readonly at: string; readonly precision: 'instant' | 'date' }): Occurred {
  return precision === 'date' ? { at: dayInLondon(new Date(at).toISOString()), precision } : { at, precision };
}

const DAY_MS = 86_400_000;

/** Milliseconds that a limit certainly does not exceed: a month for each unit, and a year in which nothing counts. */
function longest({ amount }: Rule['actWithin']): number {
  return (amount * 31 + 366) * DAY_MS;
}

/** False for what was long past when the hub received it, or was brought as history: it is shown, and nobody acts on it. */
export function isNews(
  fact: Pick<HeldFact, 'occurredAt' | 'receivedAt' | 'history'>,
  rule: Rule,
  rules: Rules,
): boolean {
  if (fact.history) return false;
  const late = time(fact.receivedAt) - time(fact.occurredAt);
  // No calendar makes a limit longer than that, and files bring thousands of old facts: for those no working day is looked up.
  if (late > longest(rule.actWithin)) return false;
  return time(fact.receivedAt) <= time(rules.after(rule.actWithin, fact.occurredAt));
}

/** The reminders and escalations of one duty, and when the next of them comes. */
export interface Reminded {
  readonly notices: readonly Notice[];
  readonly instants: readonly string[];
}

/** The rule that a duty rests on, as it is in its area on the day it began. */
export function ruleOf(
  { rule, since, area, owner }: Pick<Duty, 'rule' | 'since' | 'area' | 'owner'>,
  rules: Rules,
): Rule {
  return rules.rule(rule, since, area ?? owner.place);
}

const nothing: Reminded = { notices: [], instants: [] };

/**
 * Reminds the owner of an open duty before its limit, and takes it up the line after: as its rule says. Whoever was reminded is not
 * told that there is nothing left to remind of: it lapses. `line`: whose managers; the owner's agency.
 */
export function reminders(duty: Duty, rule: Rule, rules: Rules, at: string): Reminded {
  const { due } = duty;
  if (due === undefined || duty.met) return nothing;
  const before = rule.warnings.map((limit, index) => ({
    ...told(
      duty,
      `${duty.kind}-due-soon${index === 0 ? '' : `-${index + 1}`}`,
      duty.owner,
      'ordinary',
      rules.after({ amount: 3, unit: 'calendar-days' }, due),
    ),
    from: rules.before(limit, due),
  }));
  const late = { ...told(duty, `${duty.kind}-late`, duty.owner, 'urgent', far(rules, due)), from: due };
  const above = rule.escalations.map(({ to, after }) => ({
    ...told(duty, `${duty.kind}-escalated-${to}`, manager(duty.owner, to), 'urgent', far(rules, due)),
    from: rules.after(after, due),
  }));
  const all = [...before, late, ...above];
  // A warning of a limit that is past says nothing any more.
  const standing = all.filter(
    ({ from, kind }) => time(from) <= time(at) && !(kind.includes('-due-soon') && time(due) <= time(at)),
  );
  return {
    notices: standing.map(({ from: _from, ...notice }) => notice),
    instants: all.map(({ from }) => from).filter((from) => time(from) > time(at)),
  };
}

function told(duty: Duty, kind: string, to: Recipient, urgency: Notice['urgency'], tellUntil: string): Notice {
  return { kind, causes: duty.causes, to, urgency, tellUntil, whenGone: 'lapse', rule: duty.rule };
}

const far = (rules: Rules, due: string): string => rules.after({ amount: 28, unit: 'calendar-days' }, due);

function manager(owner: Recipient, role: string): Recipient {
  return {
    agency: owner.agency,
    role,
    purpose: owner.agency === 'yos' ? 'supervision-of-staff' : 'safeguarding',
    ...(owner.place === undefined ? {} : { place: owner.place }),
  };
}

/** The earliest of some instants, as `Derived.next` takes it. */
export function nextOf(instants: readonly string[]): { readonly next?: string } {
  const next = instants.toSorted((one, other) => time(one) - time(other))[0];
  return next === undefined ? {} : { next };
}
