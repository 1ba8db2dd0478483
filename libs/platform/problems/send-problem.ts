import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../telemetry/logger.js';
import { asProblem } from './as-problem.js';
import { CORRELATION_HEADER, correlationOf } from './correlation.js';
import { PROBLEM_TYPE, problemDocument } from './problem.js';

/** Answers with a problem document. A fault of the hub's own is logged with its stack; the answer has none. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const problem = asProblem(error);
  const correlation = correlationOf(request);
  if (problem.status >= 500) logger.error({ err: error, correlation, code: problem.code }, 'could not answer');
  void reply
    .status(problem.status)
    .headers({ ...problem.headers, [CORRELATION_HEADER]: correlation, 'cache-control': 'no-store' })
    .type(PROBLEM_TYPE)
    // Bytes: to a string Fastify would add a character set, which the type does not have (RFC 9457).
    .send(Buffer.from(JSON.stringify(problemDocument(problem, correlation))));
}
