import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../telemetry/logger.js';
import { sendProblem } from './send-problem.js';

/**
 * The HTTP server of a hub. What Fastify would refuse by itself, before any route is known (an address that is none), and repeat in
 * its answer, is a problem document like any other.
 */
export function httpAdapter(logger: Logger): FastifyAdapter {
  return new FastifyAdapter({
    forceCloseConnections: true,
    trustProxy: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, request, reply, logger),
  });
}
