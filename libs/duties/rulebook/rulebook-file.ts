import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { contradictions } from './contradictions.js';
import { AreaFields, RulebookFields } from './rulebook-fields.js';

/** The rulebook breaks a rule of its own; `message` says where and which. */
export class RulebookError extends Error {
  readonly code = 'rulebook';
}

/** Reads the rulebook with an area's own file. Throws `RulebookError`, which names every place that is wrong. */
export function readRulebook(book: unknown, area: unknown = {}): RulebookFields {
  const rules = checked(RulebookFields, book, 'The rulebook');
  const own = checked(AreaFields, area, 'The area’s file');
  const joined: RulebookFields = {
    version: rules.version,
    rules: rules.rules,
    areas: [...rules.areas, ...own.areas],
    holidays: [...rules.holidays, ...own.holidays],
    schoolHolidays: [...rules.schoolHolidays, ...own.schoolHolidays],
  };
  const faults = contradictions(joined);
  if (faults.length > 0) throw new RulebookError(sentence('The rulebook', faults));
  return joined;
}

function checked<T extends object>(fields: new () => T, plain: unknown, what: string): T {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    throw new RulebookError(`${what} is not a JSON object`);
  const read = plainToInstance(fields, plain, { exposeDefaultValues: true });
  const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
  const faults = faultsIn(validateSync(read, options), '');
  if (faults.length > 0) throw new RulebookError(sentence(what, faults));
  return read;
}

function faultsIn(errors: readonly ValidationError[], path: string): string[] {
  return errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {}).map((rule) => `${path}${property}: ${rule}`),
    ...faultsIn(children ?? [], `${path}${property}.`),
  ]);
}

const sentence = (what: string, faults: readonly string[]): string =>
  `${what} is not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`;
