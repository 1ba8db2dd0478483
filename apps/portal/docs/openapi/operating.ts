import type { JsonObject } from '@bufbuild/protobuf';
import { json, object, oneOf, operation, text } from './describe.js';

const check = oneOf(['ok', 'failed']);
const ready = object({ status: oneOf(['ok', 'unavailable']), checks: object({ database: check, keys: check }) });
const document = (description: string): JsonObject => ({
  description,
  content: { 'application/json': { schema: { type: 'object' } } },
});

/** What is there before and beside the doors: a token, whether the hub is well, and these documents. */
export const operatingPaths: JsonObject = {
  '/oauth2/token': {
    post: operation({
      id: 'token',
      tag: 'Signing in',
      summary: 'A token for a system: client credentials',
      description:
        'The bundled issuer of a development hub. A hub in production names its own (OpenID Connect), and every token is got there.',
      body: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': {
            schema: object({
              grant_type: oneOf(['client_credentials']),
              scope: oneOf(['publish', 'read', 'publish read']),
            }),
            example: { grant_type: 'client_credentials', scope: 'publish' },
          },
        },
      },
      answers: {
        200: json(
          'The token, and for how many seconds it is good.',
          object({ access_token: text, token_type: text, expires_in: { type: 'integer' }, scope: text }, ['scope']),
        ),
        400: json(
          'Not a request for a token (RFC 6749).',
          object({ error: text, error_description: text }, ['error_description']),
        ),
        401: json(
          'Not a client, or not its secret.',
          object({ error: text, error_description: text }, ['error_description']),
        ),
      },
    }),
  },
  '/health/live': {
    get: operation({
      id: 'live',
      tag: 'Health',
      summary: 'The process answers',
      answers: { 200: json('It does.', object({ status: oneOf(['ok']) }), { status: 'ok' }) },
    }),
  },
  '/health/ready': {
    get: operation({
      id: 'ready',
      tag: 'Health',
      summary: 'The database and the key store answer',
      answers: { 200: json('They do.', ready), 503: json('One does not.', ready) },
    }),
  },
  '/metrics': {
    get: operation({
      id: 'metrics',
      tag: 'Health',
      summary: 'Measurements, for Prometheus',
      answers: { 200: { description: 'Measurements.', content: { 'text/plain': { schema: text } } } },
    }),
  },
  '/docs/openapi.json': {
    get: operation({
      id: 'openapi',
      tag: 'Documents',
      summary: 'This document',
      answers: { 200: document('OpenAPI 3.1.') },
    }),
  },
  '/docs/asyncapi.json': {
    get: operation({
      id: 'asyncapi',
      tag: 'Documents',
      summary: 'Every event of the contract',
      answers: { 200: document('AsyncAPI 3.') },
    }),
  },
};
