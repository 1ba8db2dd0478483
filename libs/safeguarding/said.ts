import type { HeldFact } from '../kernel/capability.js';

/** Text of a field of a fact; '' where it says none. */
export function text({ content }: HeldFact, field: string): string {
  const value = content[field];
  return typeof value === 'string' ? value : '';
}

export function flagged({ content }: HeldFact, field: string): boolean {
  return content[field] === true;
}

/** Words of a list; empty where it says none. */
export function list({ content }: HeldFact, field: string): readonly string[] {
  const value = content[field];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function ofType(facts: readonly HeldFact[], ...names: readonly string[]): HeldFact[] {
  return facts.filter(({ type }) => names.includes(type));
}

/** Milliseconds since the epoch; NaN where it is no time. */
export function time(at: string): number {
  return times.get(at) ?? parsed(at);
}

// Folding compares every report with every other: each time is read once, not a hundred times.
const times = new Map<string, number>();
const mostTimes = 10_000;

function parsed(at: string): number {
  const ms = Date.parse(at);
  if (times.size === mostTimes) times.clear();
  times.set(at, ms);
  return ms;
}

/** The latest of some facts by what happened, then by when it was said. */
export function latest(facts: readonly HeldFact[]): HeldFact | undefined {
  return facts
    .toSorted(
      (one, other) => time(one.occurredAt) - time(other.occurredAt) || time(one.statedAt) - time(other.statedAt),
    )
    .at(-1);
}
