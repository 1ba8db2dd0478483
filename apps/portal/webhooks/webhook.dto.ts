import { ValidationPipe, type Type } from '@nestjs/common';
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

/** A body of this kind. Rejects with a `Problem` 400 for any other, without repeating it. `shape`: what it is. */
export async function bodyAs<Body extends object>(kind: Type<Body>, shape: string, body: unknown): Promise<Body> {
  const pipe = new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: ([fault]) =>
      badRequest('invalid-body', `The body is ${shape}.`, fault ? `/${fault.property.slice(0, 64)}` : undefined),
  });
  return (await pipe.transform(body, { type: 'body', metatype: kind })) as Body;
}
