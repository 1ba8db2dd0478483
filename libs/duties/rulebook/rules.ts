import { LRUCache } from 'lru-cache';
import { dayInLondon } from '../../kernel/london.js';
import { authorityOf } from '../../kernel/places.js';
import type { Limit, Rule, Rules } from '../../kernel/rules.js';
import { dueOf, shifted } from './calendar.js';
import type { OverrideFields, RuleFields, RulebookFields } from './rulebook-fields.js';

/** What a rule without one is acted on for: three days, and older news is history. */
const USUAL_ACT_WITHIN: Limit = { amount: 72, unit: 'clock-hours' };

/**
 * The rulebook as derivations ask it. Throws `RangeError` for a rule that is not in it, or is no longer in force. What happened before
 * a rule first was is read by its first version: a file of old episodes must not stop a derivation, and is history anyway.
 */
export function rulesOf(book: RulebookFields, digest: string): Rules {
  const calendar = { holidays: book.holidays, schoolHolidays: book.schoolHolidays };
  // A few rules are asked for again with each child and each look.
  const found = new LRUCache<string, Rule>({ max: 10_000 });
  return {
    version: `${book.version} ${digest}`,
    rule: (id, on, area = '') => {
      const day = dayInLondon(on);
      const asked = `${id} ${day} ${area}`;
      const rule = found.get(asked) ?? ruleOn(book, id, day, area);
      found.set(asked, rule);
      return rule;
    },
    due: (limit, from) => dueOf(limit, from, calendar),
    before: (limit, instant) => shifted(limit, instant, -1, calendar),
    after: (limit, instant) => shifted(limit, instant, 1, calendar),
  };
}

function ruleOn(book: RulebookFields, id: string, day: string, area: string): Rule {
  const versions = book.rules.filter((one) => one.id === id);
  const rule = inForce(versions, day) ?? earliest(versions, day);
  if (!rule) throw new RangeError(`the rulebook has no rule ${id} in force on ${day}`);
  const owns = book.areas.filter((one) => one.rule === id);
  const its = owns.filter((one) => named(one.area) === named(area));
  return asRule(rule, inForce(its, day) ?? inForce(owns.filter(isForAll), day));
}

/** By its code where the hub knows it: whoever writes the file may name the area in words. */
const named = (area: string): string => authorityOf(area).toLowerCase();

const isForAll = ({ area }: OverrideFields): boolean => area === '*';

function inForce<T extends { effectiveFrom: string; effectiveTo?: string }>(
  ones: readonly T[],
  day: string,
): T | undefined {
  return ones.find(({ effectiveFrom, effectiveTo = '9999-12-31' }) => effectiveFrom <= day && day <= effectiveTo);
}

function earliest(versions: readonly RuleFields[], day: string): RuleFields | undefined {
  const [first] = versions.toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  return first && day < first.effectiveFrom ? first : undefined;
}

function asRule(rule: RuleFields, own: OverrideFields | undefined): Rule {
  const limit = own?.limit ?? rule.limit;
  return {
    id: rule.id,
    duty: rule.duty,
    authority: own?.authority ?? rule.authority,
    verified: own ? own.verified : rule.verified,
    ...(limit ? { limit } : {}),
    warnings: own?.warnings ?? rule.warnings ?? [],
    escalations: own?.escalations ?? rule.escalations ?? [],
    actWithin: own?.actWithin ?? rule.actWithin ?? USUAL_ACT_WITHIN,
    numbers: { ...rule.numbers, ...own?.numbers },
    digest: own?.digest ?? rule.digest ?? [],
  };
}
