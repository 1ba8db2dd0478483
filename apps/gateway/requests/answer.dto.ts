import { ValidationPipe } from '@nestjs/common';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { badRequest } from '../../../libs/platform/problems/problem.js';
import { answers, type AnswerName } from '../../../libs/platform/annotations/request-book.js';

/** The body of an answer. */
export class AnswerDto {
  @IsIn(Object.keys(answers))
  readonly answer: AnswerName;

  /** In the source's own words; people read it under the entry. */
  @Transform(({ value }: TransformFnParams): unknown => (typeof value === 'string' ? value.trim() : (value ?? '')))
  @IsString()
  @MaxLength(1_000)
  readonly text: string = '';
}

/** Refuses any other body, without repeating it. */
export const answerBody = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  exceptionFactory: ([fault]) =>
    badRequest(
      'invalid-body',
      `The body is {"answer": "${Object.keys(answers).join(' | ')}", "text": "..."}, the text of at most 1,000 characters.`,
      fault ? `/${fault.property.slice(0, 64)}` : undefined,
    ),
});
