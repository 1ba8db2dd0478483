import type { JsonObject } from '@bufbuild/protobuf';
import { agencies } from '../../../../libs/kernel/agency.js';
import { inQuery, instant, json, listOf, object, oneOf, operation, ref, text, uuid } from './describe.js';
import { purpose } from './reading.js';

const TAG = 'Being told';
const id: JsonObject = { name: 'id', in: 'path', required: true, schema: uuid };

const bodyOf = (schema: JsonObject, example: JsonObject): JsonObject => ({
  required: true,
  content: { 'application/json': { schema: { ...schema, additionalProperties: false }, example } },
});

const webhook = {
  id: uuid,
  url: { type: 'string', format: 'uri' },
  purpose: text,
  state: oneOf(['active', 'gone']),
  createdAt: instant,
  failingSince: instant,
} satisfies Record<string, JsonObject>;

/** Notices, for programs. */
export const tellingPaths: JsonObject = {
  '/v1/notifications': {
    get: operation({
      id: 'listNotifications',
      tag: TAG,
      summary: 'Notices addressed to the caller’s agency of the last 90 days, oldest first, 100 a page',
      description:
        'What they say is decided anew at every look. `cursor` of the answer is where to go on from next time; `next` is the same, and there only when there is more already. `since` begins at an instant instead: all of it is told again, as links and disclosure stand now. A program is told for the purpose it states; a person for what each notice is for, and with `Hub-Purpose` of notices for that purpose alone.',
      scopes: ['read'],
      parameters: [
        purpose,
        inQuery('cursor', text, 'As an answer before gave it.'),
        inQuery('since', instant, 'Raised then or later, at most 90 days back. Not with a cursor.'),
      ],
      answers: { 200: json('A page.', ref('Notifications')) },
      refused: [400, 401, 403, 503],
    }),
  },
  '/v1/notifications/{id}/acknowledge': {
    post: operation({
      id: 'acknowledgeNotification',
      tag: TAG,
      summary: 'Say that somebody at the caller’s agency has it: it is not escalated any more',
      scopes: ['read'],
      parameters: [purpose, id],
      answers: { 200: json('It is acknowledged, now or before.', ref('Acknowledged')) },
      refused: [400, 401, 403, 404, 503],
    }),
  },
  '/v1/webhooks': {
    get: operation({
      id: 'listWebhooks',
      tag: TAG,
      summary: 'The caller’s own webhooks',
      scopes: ['read'],
      parameters: [purpose],
      answers: { 200: json('All of them.', object({ webhooks: listOf(ref('Webhook')) })) },
      refused: [400, 401, 403, 503],
    }),
    post: operation({
      id: 'registerWebhook',
      tag: TAG,
      summary: 'Have notices sent to an address, for the purpose stated',
      scopes: ['read'],
      parameters: [purpose],
      body: bodyOf(object({ url: { type: 'string', format: 'uri', maxLength: 2000 } }), {
        url: 'https://partner.example/hub',
      }),
      answers: { 201: json('Registered. The secret is not shown again.', ref('WebhookWithSecret')) },
      refused: [400, 401, 403, 409, 413, 415, 503],
    }),
  },
  '/v1/webhooks/{id}': {
    delete: operation({
      id: 'removeWebhook',
      tag: TAG,
      summary: 'Send nothing more there',
      scopes: ['read'],
      parameters: [purpose, id],
      answers: { 204: { description: 'Removed.' } },
      refused: [400, 401, 403, 404, 503],
    }),
  },
  '/v1/webhooks/{id}/test': {
    post: operation({
      id: 'testWebhook',
      tag: TAG,
      summary: 'Send a message that tells of nothing',
      scopes: ['read'],
      parameters: [purpose, id],
      answers: { 202: json('On its way, under this `webhook-id`.', object({ id: text })) },
      refused: [400, 401, 403, 404, 409, 503],
    }),
  },
  '/v1/webhooks/{id}/rotate': {
    post: operation({
      id: 'rotateWebhookSecret',
      tag: TAG,
      summary: 'A new signing secret: the one before signs beside it until the next',
      scopes: ['read'],
      parameters: [purpose, id],
      answers: { 200: json('The new secret, not shown again.', object({ id: uuid, secret: text })) },
      refused: [400, 401, 403, 404, 503],
    }),
  },
  '/v1/webhooks/{id}/replay': {
    post: operation({
      id: 'replayWebhook',
      tag: TAG,
      summary: 'Send again what was sent since, at most 90 days back, as disclosure stands now',
      scopes: ['read'],
      parameters: [purpose, id],
      body: bodyOf(object({ from: instant }, ['from']), { from: '2026-05-01T00:00:00Z' }),
      answers: { 202: json('How many messages.', object({ id: uuid, messages: { type: 'integer', minimum: 0 } })) },
      refused: [400, 401, 403, 404, 409, 413, 415, 503],
    }),
  },
};

const fact = object({
  id: uuid,
  type: text,
  agency: oneOf(agencies),
  category: text,
  handling: text,
  occurredAt: instant,
  precision: oneOf(['instant', 'date']),
  title: text,
  lines: listOf(object({ label: text, value: text })),
});

const withheld = {
  ...listOf(object({ agency: oneOf(agencies), reason: text })),
  description: 'Something is not for machines: the agency’s people read it in the inbox.',
};

export const tellingSchemas: Readonly<Record<string, JsonObject>> = {
  Notification: object(
    {
      id: { ...uuid, description: 'Stable: the same notice has it everywhere.' },
      thread: { ...uuid, description: 'One for an episode or concern.' },
      state: oneOf(['told', 'recalled']),
      kind: text,
      urgency: oneOf(['urgent', 'ordinary', 'digest']),
      raisedAt: instant,
      recalledAt: instant,
      possible: { type: 'boolean', description: 'It may concern a child of theirs: nobody knows yet who this is.' },
      acknowledged: { type: 'boolean' },
      child: uuid,
      facts: listOf(fact),
      slots: {
        ...listOf(object({ at: instant, place: text }, ['place'])),
        description:
          'An appointment offered to hold a return home interview at: when and where, and nothing else of it.',
      },
      withheld,
    },
    ['kind', 'recalledAt', 'child', 'slots', 'withheld'],
  ),
  Notifications: object({ notifications: listOf(ref('Notification')), cursor: text, next: text }, ['cursor', 'next']),
  Webhook: object(webhook, ['failingSince']),
  WebhookWithSecret: object({ ...webhook, secret: text }, ['failingSince']),
  Acknowledged: object({ id: uuid, acknowledged: { type: 'boolean' } }),
};
