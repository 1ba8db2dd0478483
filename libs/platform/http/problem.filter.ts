import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../telemetry/logger.js';
import { LOGGER } from '../tokens.js';
import { correlationOf } from './correlation.js';
import { internal, problemDocument, problemOf } from './problem.js';

/** Answers every error with a problem document. What is the hub's own fault is logged, by kind and place. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const correlation = correlationOf(request);
    const problem = problemOf(error) ?? internal;
    if (problem.status >= 500) logFault(this.logger, error, correlation);
    if (reply.sent) return;
    void reply
      .code(problem.status)
      .headers({ ...problem.headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemDocument(problem, correlation)));
  }
}

/** Kind, code and where in the code; never the message, which may quote what was sent. */
export function logFault(logger: Logger, error: unknown, correlation: string): void {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) {
    logger.error({ correlation, kind: typeof cause }, 'a request failed');
    return;
  }
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  const at = cause.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
  logger.error({ correlation, kind: cause.name, code, at }, 'a request failed');
}
