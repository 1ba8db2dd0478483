import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import type { Limit, LimitUnit } from '../../kernel/rules.js';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const waiting = ['no-apparent-risk', 'low', 'medium', 'emerging', 'moderate'];
const units: readonly LimitUnit[] = ['clock-hours', 'calendar-days', 'working-days', 'school-days', 'months'];

export class LimitFields implements Limit {
  @IsInt()
  @Min(1)
  @Max(5_000)
  readonly amount!: number;

  @IsIn(units)
  readonly unit!: LimitUnit;
}

export class EscalationFields {
  /** A role of the service, e.g. `team-manager`, `head-of-service`. */
  @IsIn(['team-manager', 'head-of-service'])
  readonly to!: string;

  @ValidateNested()
  @Type(() => LimitFields)
  readonly after!: LimitFields;
}

/** What an area may set otherwise, and every rule has. */
class Adjustable {
  @IsOptional()
  @ValidateNested()
  @Type(() => LimitFields)
  readonly limit?: LimitFields;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => LimitFields)
  readonly warnings?: readonly LimitFields[];

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => EscalationFields)
  readonly escalations?: readonly EscalationFields[];

  @IsOptional()
  @ValidateNested()
  @Type(() => LimitFields)
  readonly actWithin?: LimitFields;

  /** Numbers of the rule besides its limit. */
  @IsOptional()
  @IsObject()
  readonly numbers?: Readonly<Record<string, number>>;

  /** Grades (A1) or levels (B8) that are told in the daily digest. What is high or significant never waits. */
  @IsOptional()
  @IsArray()
  @IsIn(waiting, { each: true })
  readonly digest?: readonly string[];
}

export class RuleFields extends Adjustable {
  @Matches(/^[A-Z][0-9]{1,2}[a-z]?$/)
  readonly id!: string;

  @IsString()
  @IsNotEmpty()
  readonly trigger!: string;

  @IsString()
  @IsNotEmpty()
  readonly duty!: string;

  @IsString()
  @IsNotEmpty()
  readonly owner!: string;

  @IsArray()
  @IsString({ each: true })
  readonly notify: readonly string[] = [];

  @IsString()
  @IsNotEmpty()
  readonly authority!: string;

  /** False: an editable default that nobody has verified. */
  @IsBoolean()
  readonly verified!: boolean;

  @Matches(DAY)
  readonly effectiveFrom!: string;

  @IsOptional()
  @Matches(DAY)
  readonly effectiveTo?: string;
}

export class OverrideFields extends Adjustable {
  @IsString()
  readonly rule!: string;

  /** The authority's code or name. */
  @IsString()
  @IsNotEmpty()
  readonly area!: string;

  @IsString()
  @IsNotEmpty()
  readonly authority!: string;

  @IsBoolean()
  readonly verified: boolean = false;

  @Matches(DAY)
  readonly effectiveFrom!: string;

  @IsOptional()
  @Matches(DAY)
  readonly effectiveTo?: string;
}

class SchoolHolidayFields {
  @Matches(DAY)
  readonly from!: string;

  @Matches(DAY)
  readonly to!: string;
}

export class RulebookFields {
  @Matches(/^\d{4}-\d\d-\d\d(\.\d+)?$/, {
    message: 'version is a day, YYYY-MM-DD, with a number after it where needed',
  })
  readonly version!: string;

  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => RuleFields)
  readonly rules!: readonly RuleFields[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => OverrideFields)
  readonly areas: readonly OverrideFields[] = [];

  @IsArray()
  @Matches(DAY, { each: true })
  readonly holidays: readonly string[] = [];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => SchoolHolidayFields)
  readonly schoolHolidays: readonly SchoolHolidayFields[] = [];
}

/** What an area's own file may hold: overrides and days, never another rule. */
export class AreaFields {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => OverrideFields)
  readonly areas: readonly OverrideFields[] = [];

  @IsArray()
  @Matches(DAY, { each: true })
  readonly holidays: readonly string[] = [];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => SchoolHolidayFields)
  readonly schoolHolidays: readonly SchoolHolidayFields[] = [];
}

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

function contradictions({ rules, areas }: RulebookFields): string[] {
  const ids = new Set(rules.map(({ id }) => id));
  return [
    ...overlaps(rules.map((rule) => ({ ...span(rule), of: `rule ${rule.id}` }))),
    ...overlaps(areas.map((one) => ({ ...span(one), of: `rule ${one.rule} in ${one.area}` }))),
    ...areas
      .filter(({ rule }) => !ids.has(rule))
      .map(({ rule, area }) => `${area} sets rule ${rule}, which there is not`),
  ];
}

const span = ({ effectiveFrom, effectiveTo }: { effectiveFrom: string; effectiveTo?: string }) => ({
  from: effectiveFrom,
  to: effectiveTo ?? '9999-12-31',
});

// On one day one version of a rule is in force.
function overlaps(spans: readonly { from: string; to: string; of: string }[]): string[] {
  return spans.flatMap((one, at) => [
    ...(one.from <= one.to ? [] : [`${one.of} ends before it begins`]),
    ...(spans.slice(at + 1).some((other) => other.of === one.of && other.from <= one.to && one.from <= other.to)
      ? [`${one.of} is in force twice on one day`]
      : []),
  ]);
}

const sentence = (what: string, faults: readonly string[]): string =>
  `${what} is not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`;
