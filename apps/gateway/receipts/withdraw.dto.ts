import { ValidationPipe } from '@nestjs/common';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { badRequest } from '../../../libs/platform/problems/problem.js';

/** The body of a withdrawal. */
export class WithdrawDto {
  /** Why, in the publisher's own words: "wrong child". */
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000)
  readonly reason: string;
}

/** Refuses any other body, without repeating it. */
export const withdrawBody = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  exceptionFactory: ([fault]) =>
    badRequest(
      'invalid-body',
      'The body is {"reason": "..."}, a text of 1 to 1,000 characters.',
      fault ? `/${fault.property.slice(0, 64)}` : undefined,
    ),
});
