import type { FastifyRequest } from 'fastify';
import type { Incoming } from '../../../libs/kernel/intake.js';
import { nativeMessage } from '../../../libs/platform/envelopes/native.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { badRequest, forbidden } from '../../../libs/platform/problems/problem.js';
import { delivered, deliveryIn } from '../doors/delivered.js';
import { entryOf } from '../doors/doors.js';

/** The message in a request to this system's door. Throws `Problem`. */
export function nativeIn(request: FastifyRequest, system: string): Incoming {
  const { publisher, contentType } = entryOf(request);
  if (system !== publisher.system) {
    throw forbidden('other-door', 'This is another system’s door: a system publishes only as itself.');
  }
  const body = request.body as Buffer;
  if (body.length === 0) throw badRequest('empty-body', 'The body is empty.');
  const message = nativeMessage(request.headers, contentType, body, publisher, correlationOf(request));
  return delivered(message, deliveryIn(request.headers));
}
