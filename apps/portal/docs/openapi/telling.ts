import type { JsonObject } from '@bufbuild/protobuf';
import { agencies } from '../../../../libs/kernel/agency.js';
import { inQuery, instant, json, listOf, object, oneOf, operation, ref, text, uuid } from './describe.js';
import { purpose } from './reading.js';

const TAG = 'Being told';
const id: JsonObject = { name: 'id', in: 'path', required: true, schema: uuid };

/** Notices, for programs. */
export const tellingPaths: JsonObject = {
  '/v1/notifications': {
    get: operation({
      id: 'listNotifications',
      tag: TAG,
      summary: 'Notices addressed to the caller’s agency of the last 90 days, oldest first, 100 a page',
      description:
        'What they say is decided anew at every look. `cursor` of the answer is where to go on from next time; `next` is the same, and there only when there is more already.',
      scopes: ['read'],
      parameters: [purpose, inQuery('cursor', text, 'As an answer before gave it.')],
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
      withheld,
    },
    ['kind', 'recalledAt', 'child', 'withheld'],
  ),
  Notifications: object({ notifications: listOf(ref('Notification')), cursor: text, next: text }, ['next']),
  Acknowledged: object({ id: uuid, acknowledged: { type: 'boolean' } }),
};
