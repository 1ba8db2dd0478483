import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { CORRELATION_HEADER, correlationOf } from '../../../libs/platform/problems/correlation.js';
import { unsupportedType } from '../../../libs/platform/problems/problem.js';
import { sendProblem } from '../../../libs/platform/problems/send-problem.js';
import type { TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { BODY_LIMIT } from '../../../libs/platform/envelopes/limits.js';
import type { Logger } from '../../../libs/platform/telemetry/logger.js';
import type { Publisher } from '../../../libs/platform/envelopes/attributes.js';
import { admitted, type Scope } from './admission.js';
import { elsewhere } from './elsewhere.js';

const BYTES = 'application/vnd.hub.bytes';
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; frame-ancestors 'none'`,
};

interface Door {
  /** Any one of these. */
  readonly scopes: readonly Scope[];
  /** The body is kept as it comes, whatever its type. */
  readonly bytes: boolean;
}

const DOORS: Readonly<Record<string, Door>> = {
  'POST /v1/events': { scopes: ['publish'], bytes: true },
  'POST /v1/native/:system': { scopes: ['publish'], bytes: true },
  'POST /v1/sandbox/events': { scopes: ['publish'], bytes: true },
  'POST /v1/sandbox/native/:system': { scopes: ['publish'], bytes: true },
  'GET /v1/receipts': { scopes: ['publish', 'read'], bytes: false },
  'GET /v1/receipts/:id': { scopes: ['publish', 'read'], bytes: false },
  'POST /v1/receipts/:id/withdraw': { scopes: ['publish'], bytes: false },
  'GET /v1/requests': { scopes: ['publish', 'read'], bytes: false },
  'GET /v1/requests/:id': { scopes: ['publish', 'read'], bytes: false },
  'POST /v1/requests/:id/answer': { scopes: ['publish'], bytes: false },
};

interface Entry {
  readonly publisher: Publisher;
  /** As the publisher sent it; '' when it did not. */
  readonly contentType: string;
}

const entries = new WeakMap<IncomingMessage, Entry>();

/** Who came through the door with this request, and what they said it holds. */
export function entryOf({ raw }: FastifyRequest): Entry {
  const entry = entries.get(raw);
  if (!entry) throw new Error('a request reached the inside without passing a door');
  return entry;
}

/**
 * Guards the gateway's routes of a server that also serves pages: who comes in is known before a byte of the body is read.
 * Call before routes are registered.
 */
export function openDoors(fastify: FastifyInstance, verifier: TokenVerifier, logger: Logger): void {
  fastify.addContentTypeParser(BYTES, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  );
  fastify.addHook('onRoute', (route) => {
    if (!isOurs(route)) return;
    const methods = Array.isArray(route.method) ? route.method : [route.method];
    const door = DOORS[`${methods.includes('GET') || methods.includes('HEAD') ? 'GET' : 'POST'} ${route.url}`];
    const guard = enter(door, verifier);
    route.onRequest = [...[route.onRequest ?? []].flat(), guard];
    route.onResponse = [...[route.onResponse ?? []].flat(), log(route.url, logger)];
    route.errorHandler = (error, request, reply) => sendProblem(error, request, reply, logger);
    if (door?.bytes) route.bodyLimit = BODY_LIMIT;
  });
}

// `/v1/*` is where requests end that no door and no page takes.
const isOurs = (route: RouteOptions): boolean =>
  route.url === '/v1/*' || /^\/v1\/(events|native|sandbox|receipts|requests)(\/|$)/.test(route.url);

function enter(door: Door | undefined, verifier: TokenVerifier) {
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    reply.headers(HEADERS).header(CORRELATION_HEADER, correlationOf(request));
    if (!door) {
      // Before the body: its type would be refused at an address that there is not.
      done(elsewhere(request));
      return;
    }
    const admit = (publisher: Publisher): void => {
      entries.set(request.raw, { publisher, contentType: request.headers['content-type'] ?? '' });
      if (door.bytes) takeBytes(request.raw);
    };
    try {
      const outcome = admitted(request.headers.authorization, door.scopes, verifier);
      if (outcome instanceof Promise) {
        outcome.then(admit).then(() => done(), done);
        return;
      }
      admit(outcome);
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  };
}

// Fastify picks a parser by content type, and pages on this server need theirs: at a door the type is only a label.
function takeBytes({ headers }: IncomingMessage): void {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw unsupportedType('Send the body as it is, without Content-Encoding.');
  }
  headers['content-type'] = BYTES;
}

function log(route: string, logger: Logger) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const entry = entries.get(request.raw);
    const { method } = request;
    const { statusCode: status } = reply;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    // What was taken stands in its receipt, correlation id included; a line for each costs a tenth of the door's time.
    const level = status < 400 ? 'debug' : 'info';
    logger[level]({ correlation: correlationOf(request), method, route, status, ms, system: entry?.publisher.system });
    done();
  };
}
