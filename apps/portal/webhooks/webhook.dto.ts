import { ValidationPipe } from '@nestjs/common';
import { IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { badRequest } from '../../../libs/platform/problems/problem.js';

/** Where to tell. */
export class RegisterDto {
  @IsString()
  @MaxLength(2_000)
  readonly url!: string;
}

/** From when on. */
export class ReplayDto {
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly from?: string;
}

/** Refuses any other body, without repeating it. `shape`: what it is. */
export const bodyOf = (shape: string): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: ([fault]) =>
      badRequest('invalid-body', `The body is ${shape}.`, fault ? `/${fault.property.slice(0, 64)}` : undefined),
  });
