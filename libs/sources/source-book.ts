import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsISO8601,
  IsNumber,
  IsString,
  Matches,
  Max,
  Min,
  validateSync,
  ValidateNested,
  type ValidationError,
} from 'class-validator';
import { agencies } from '../kernel/agency.js';
import type { Cadence, SourceBook } from './cadence.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

class CadenceFields implements Cadence {
  @IsIn(agencies)
  readonly system!: string;

  @IsString()
  readonly format: string = '';

  @IsIn(['every-day', 'working-days'])
  readonly days!: 'every-day' | 'working-days';

  @Matches(TIME, { message: 'from is a time of day, HH:MM' })
  readonly from: string = '00:00';

  @Matches(TIME, { message: 'to is a time of day, HH:MM' })
  readonly to: string = '24:00';

  @IsNumber()
  @Min(0.1)
  @Max(500)
  readonly silentAfterHours!: number;
}

class BookFields implements SourceBook {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CadenceFields)
  readonly cadences!: readonly CadenceFields[];

  @IsArray()
  @IsIn(agencies, { each: true })
  readonly mayReportMissing: readonly string[] = [];

  @IsArray()
  @IsISO8601({ strict: true }, { each: true })
  @Matches(/^\d{4}-\d\d-\d\d$/, { each: true })
  readonly holidays: readonly string[] = [];
}

/** The file of sources breaks a rule; `message` says where and which. */
export class SourceBookError extends Error {
  readonly code = 'sources';
}

/** Reads a file's text. Throws `SourceBookError`, which names every place that is wrong. */
export function readSourceBook(text: string): SourceBook {
  const plain = parse(text);
  const book = plainToInstance(BookFields, plain, { exposeDefaultValues: true });
  const faults = faultsIn(
    validateSync(book, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }),
    '',
  );
  if (faults.length === 0) faults.push(...contradictions(book));
  if (faults.length > 0)
    throw new SourceBookError(`The file of sources is not right:\n${faults.map((one) => `  - ${one}`).join('\n')}`);
  return book;
}

function parse(text: string): object {
  const plain = json(text);
  if (typeof plain === 'object' && plain !== null && !Array.isArray(plain)) return plain;
  throw new SourceBookError('The file of sources is not a JSON object');
}

// What the parser says may quote the file: that it is not JSON is enough.
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultsIn(errors: readonly ValidationError[], path: string): string[] {
  return errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {}).map((rule) => `${path}${property}: ${rule}`),
    ...faultsIn(children ?? [], `${path}${property}.`),
  ]);
}

function contradictions({ cadences }: SourceBook): string[] {
  const seen = new Set<string>();
  return cadences.flatMap(({ system, format, from, to }, at) => {
    const name = `${system} ${format}`;
    const twice = seen.has(name);
    seen.add(name);
    return [
      ...(twice ? [`cadences.${at}: this system and format stand there twice`] : []),
      ...(from < to ? [] : [`cadences.${at}: from is not before to`]),
    ];
  });
}
