import { ValidationPipe } from '@nestjs/common';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { badRequest } from '../../../libs/platform/problems/problem.js';

/** The body of a withdrawal. */
export class WithdrawDto {
  /** Why, in the publisher's own words: "wrong child". */
  @Transform(({ value }: TransformFnParams): unknown => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000)
  readonly reason: string;
}

/** Refuses any other body, without repeating it. */
export const withdrawBody = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  exceptionFactory: ([fault]) =>
    badRequest(
      'invalid-body',
      'The body is {"reason": "..."}, a text of 1 to 1,000 characters, not blank.',
      fault ? `/${fault.property.slice(0, 64)}` : undefined,
    ),
});
