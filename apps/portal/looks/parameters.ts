import { badRequest, type Problem } from '../../../libs/platform/problems/problem.js';

/** Query parameters as the framework hands them over. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** The one value of a parameter; undefined when it is absent or empty. Throws `Problem` 400 when it is repeated. */
export function one(query: Query, name: string): string | undefined {
  const values = all(query, name);
  if (values.length > 1) throw invalid(name, 'is given more than once');
  return values[0];
}

export function all(query: Query, name: string): string[] {
  const value = query[name];
  const texts = (typeof value === 'string' ? [value] : (value ?? []))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  // PostgreSQL holds no such text, so nothing is called that.
  if (texts.some((text) => text.includes('\0'))) throw invalid(name, 'holds a character that no text has');
  return texts;
}

/**
 * Throws `Problem` 400 where an address has any other parameter than these: what is ignored would look answered. What it is called is
 * not repeated. `instead`: what to do, a sentence.
 */
export function onlyTakes(query: Query, names: readonly string[], instead: string): void {
  if (Object.keys(query).some((name) => !names.includes(name)))
    throw badRequest('unknown-parameter', `This address takes no parameter but ${names.join(', ')}. ${instead}`);
}

/** The rule that a parameter breaks, never its value. */
export function invalid(parameter: string, rule: string): Problem {
  return badRequest('invalid-parameter', `The parameter ${parameter} ${rule}.`, parameter);
}
