import { retentions, type RetentionClass, type RetentionRule } from './retention.js';

/** A class of which something is held, and how long that keeps the child's record. */
export interface KeptClass {
  readonly retention: RetentionClass;
  /** `YYYY-MM-DD` of the newest fact of the class. */
  readonly last: string;
  /** The first day on which the class keeps nothing any more, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Why there is no such day. */
  readonly open?: 'a-person-decides' | 'birth-date-unknown' | 'with-the-rest';
}

/**
 * How long what is held of a child is kept, by each class of it, longest first: the record is kept by the first. `facts`: what
 * stands, with the day it happened; `birthDate`: `YYYY-MM-DD`, the latest where sources differ.
 */
export function keptUntil(
  facts: readonly { readonly retention: RetentionClass; readonly on: string }[],
  birthDate: string | undefined,
): KeptClass[] {
  const byClass = Map.groupBy(facts, ({ retention }) => retention);
  return [...byClass]
    .map(([retention, of]) => {
      const last = of.map(({ on }) => on).reduce((one, other) => (one > other ? one : other));
      return { retention, last, ...limitOf(retentions[retention], last, birthDate) };
    })
    .sort((one, other) => compare(weight(other), weight(one)) || compare(one.retention, other.retention));
}

/** What keeps it on a day, `YYYY-MM-DD`: nothing any more when this is empty. */
export function keptBy(kept: readonly KeptClass[], today: string): KeptClass[] {
  return kept.filter(({ until, open }) => (until === undefined ? open !== 'with-the-rest' : until > today));
}

function limitOf(rule: RetentionRule, last: string, birthDate: string | undefined): Pick<KeptClass, 'until' | 'open'> {
  const { limit } = rule;
  if (limit.from === 'person') return { open: 'a-person-decides' };
  if (limit.from === 'with-the-rest') return { open: 'with-the-rest' };
  if (limit.from === 'birth') {
    return birthDate === undefined ? { open: 'birth-date-unknown' } : { until: yearsAfter(birthDate, limit.years) };
  }
  const after = yearsAfter(last, limit.years);
  if (limit.notBeforeAge === undefined) return { until: after };
  if (birthDate === undefined) return { open: 'birth-date-unknown' };
  const grown = yearsAfter(birthDate, limit.notBeforeAge);
  return { until: after > grown ? after : grown };
}

// 29 February is followed by 1 March where there is none.
function yearsAfter(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year + years, month - 1, date)).toISOString().slice(0, 10);
}

// What has no day keeps longest; what goes with the rest keeps nothing.
function weight({ until, open }: KeptClass): string {
  return until ?? (open === 'with-the-rest' ? '' : '9999-12-31');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
