import 'reflect-metadata';
import { Type } from 'class-transformer';
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

  /** Numbers of the rule besides its limit, by name: nothing but numbers. */
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

  /** What the limit runs from, in words, where that is not the trigger. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly from?: string;

  /** By when, in words, where that is no number of anything: "before transfer". */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly by?: string;
}

export class OverrideFields extends Adjustable {
  @IsString()
  readonly rule!: string;

  /** The authority's code or name; `*` for every child of whose authority nothing else is set, or nobody knows it. */
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
