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

export const time = (at: string): number => Date.parse(at);

/** The latest of some facts by what happened, then by when it was said. */
export function latest(facts: readonly HeldFact[]): HeldFact | undefined {
  return facts
    .toSorted(
      (one, other) => time(one.occurredAt) - time(other.occurredAt) || time(one.statedAt) - time(other.statedAt),
    )
    .at(-1);
}
