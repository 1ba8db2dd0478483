import { isDay } from '../../kernel/london.js';
import { authorityOf } from '../../kernel/places.js';
import type { OverrideFields, RulebookFields, RuleFields } from './rulebook-fields.js';

/** What is wrong with a rulebook whose every field is right: each as a phrase that says where. */
export function contradictions({ rules, areas, holidays, schoolHolidays }: RulebookFields): string[] {
  // An authority's code and its name are one area.
  const all = [
    ...rules.map((rule) => written(`rule ${rule.id}`, rule)),
    ...areas.map((own) => written(`rule ${own.rule} in ${authorityOf(own.area)}`, own)),
  ];
  const days = [
    ...all.flatMap(({ from, to }) => [from, to]),
    ...holidays,
    ...schoolHolidays.flatMap(({ from, to }) => [from, to]),
  ];
  return [
    ...overlaps(all),
    ...areas.flatMap((one) => unknownIn(one, rules)),
    ...all.flatMap(({ of, numbers }) =>
      Object.entries(numbers)
        .filter(([, value]) => !(Number.isInteger(value) && value >= 0))
        .map(([name]) => `${of}: ${name} is not a whole number`),
    ),
    ...days.filter((day) => !isDay(day)).map((day) => `${day} is no day`),
    ...schoolHolidays.filter(({ from, to }) => from > to).map(({ from }) => `a school holiday ends before ${from}`),
  ];
}

// What an area sets under a name that the rule does not know would change nothing, and nobody would see it.
function unknownIn({ rule, area, numbers = {} }: OverrideFields, rules: readonly RuleFields[]): string[] {
  const versions = rules.filter(({ id }) => id === rule);
  if (versions.length === 0) return [`${area} sets rule ${rule}, which there is not`];
  const names = new Set(versions.flatMap((one) => Object.keys(one.numbers ?? {})));
  return Object.keys(numbers)
    .filter((name) => !names.has(name))
    .map((name) => `${area} sets ${name} of rule ${rule}, which it does not have`);
}

interface Written {
  /** Which rule, and of an area's own whose. */
  readonly of: string;
  readonly from: string;
  readonly to: string;
  readonly numbers: Readonly<Record<string, number>>;
}

function written(of: string, { effectiveFrom, effectiveTo, numbers = {} }: RuleFields | OverrideFields): Written {
  return { of, from: effectiveFrom, to: effectiveTo ?? '9999-12-31', numbers };
}

// On one day one version of a rule is in force.
function overlaps(spans: readonly Written[]): string[] {
  return spans.flatMap((one, at) => [
    ...(one.from <= one.to ? [] : [`${one.of} ends before it begins`]),
    ...(spans.slice(at + 1).some((other) => other.of === one.of && other.from <= one.to && one.from <= other.to)
      ? [`${one.of} is in force twice on one day`]
      : []),
  ]);
}
