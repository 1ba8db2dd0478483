import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { receiptStatuses } from '../../../../libs/kernel/intake.js';
import type { CloudEvent } from '../../../../libs/simulations/cloud-event.js';
import { inQuery, instant, json, object, oneOf, operation, ref, text, uuid, type Refusal } from './describe.js';

const RECEIPT = '00000000-0000-4000-8000-000000000001';
const HREF = `/v1/receipts/${RECEIPT}`;
const accepted: JsonValue = { receipts: [{ id: RECEIPT, status: 'received', href: HREF }] };
const durable = json('Kept, durably. What becomes of it is in the receipt.', ref('Accepted'), accepted);

const id: JsonObject = { name: 'id', in: 'path', required: true, schema: uuid };
const since = inQuery('since', instant, 'Received at or after.');
const header = (name: string, description: string, schema: JsonObject = text): JsonObject => ({
  name,
  in: 'header',
  required: false,
  schema,
  description,
});

const refused: readonly Refusal[] = [400, 401, 403, 409, 413, 415, 503];
// Nothing is kept, so nothing conflicts and nothing is full.
const refusedTrying: readonly Refusal[] = [400, 401, 403, 413, 415, 503];

function eventBody(event: CloudEvent): JsonObject {
  const example = { ...event };
  return {
    required: true,
    content: {
      'application/cloudevents+json': { schema: ref('CloudEvent'), example },
      'application/cloudevents-batch+json': {
        schema: { type: 'array', items: ref('CloudEvent'), maxItems: 1000 },
        example: [example],
      },
    },
  };
}

const nativeBody: JsonObject = {
  required: true,
  content: { '*/*': { schema: { type: 'string', format: 'binary', minLength: 1 } } },
};

const nativeParameters: readonly JsonObject[] = [
  { name: 'system', in: 'path', required: true, schema: text, description: 'The caller’s own name.' },
  header('Hub-Format', 'Which format it is, where the system has several.'),
  header('Hub-Message-Id', 'The source’s own id; absent: a hash of the bytes, the subject and when it was observed.'),
  header('Hub-Subject', 'Whom it is about, e.g. `nhs:9990001010`, where the message itself does not say.'),
  header('Hub-Observed-At', 'When it was so (RFC 3339), where the message itself does not say.', instant),
];

/** What a partner's system calls: `example` is an event of the catalogue. */
export function publishingPaths(example: CloudEvent): JsonObject {
  return {
    '/v1/events': {
      post: operation({
        id: 'publishEvents',
        tag: 'Publishing',
        summary: 'Publish one event, or a batch of at most 1,000',
        description:
          'CloudEvents 1.0: structured, binary (`ce-*` headers and the data as the body) or a batch. An unknown type, or data that ' +
          'breaks the contract, is kept and answered 202: the receipt says that it is quarantined, and why. A batch is answered ' +
          'in order, an item each; 207 when any item is refused.',
        scopes: ['publish'],
        body: eventBody(example),
        answers: {
          202: durable,
          207: json('Some events of a batch were kept, others not: each item says which.', ref('PartlyAccepted')),
        },
        refused,
      }),
    },
    '/v1/native/{system}': {
      post: operation({
        id: 'publishNative',
        tag: 'Publishing',
        summary: 'Publish a message in the system’s own format, of any content type, at most 10 MiB',
        scopes: ['publish'],
        parameters: nativeParameters,
        body: nativeBody,
        answers: { 202: durable },
        refused,
      }),
    },
    '/v1/sandbox/events': {
      post: operation({
        id: 'tryEvents',
        tag: 'Sandbox',
        summary: 'Try one event, or a batch: what the receipt would say, and which fields are read. Nothing is kept',
        scopes: ['publish'],
        body: eventBody(example),
        answers: {
          200: json('What would become of each.', ref('TriedAll')),
          207: json('Some events of a batch would be refused.', ref('PartlyTried')),
        },
        refused: refusedTrying,
      }),
    },
    '/v1/sandbox/native/{system}': {
      post: operation({
        id: 'tryNative',
        tag: 'Sandbox',
        summary: 'Try a message in the system’s own format. Nothing is kept',
        scopes: ['publish'],
        parameters: nativeParameters,
        body: nativeBody,
        answers: { 200: json('What would become of it.', ref('TriedAll')) },
        refused: refusedTrying,
      }),
    },
    '/v1/receipts': {
      get: operation({
        id: 'listReceipts',
        tag: 'Receipts',
        summary: 'The caller’s own receipts, newest first, 100 a page',
        scopes: ['publish', 'read'],
        parameters: [
          inQuery('status', oneOf(receiptStatuses), 'Only these.'),
          since,
          inQuery('cursor', text, 'Of the next page, as the page before gave it.'),
        ],
        answers: { 200: json('A page.', ref('Receipts')) },
        refused: [400, 401, 403, 503],
      }),
    },
    '/v1/receipts/{id}': {
      get: operation({
        id: 'readReceipt',
        tag: 'Receipts',
        summary: 'What became of a message, part by part',
        description: 'Never which child it was about, nor whether the hub knew one.',
        scopes: ['publish', 'read'],
        parameters: [id],
        answers: {
          200: json('The receipt.', ref('Receipt'), {
            id: RECEIPT,
            source: example.source,
            messageId: example.id,
            receivedAt: '2026-03-01T09:30:00Z',
            status: 'recorded',
            outcomes: [{ fact: example.type, outcome: 'recorded', eventId: '00000000-0000-8000-8000-000000000002' }],
          }),
        },
        refused: [400, 401, 403, 404, 503],
      }),
    },
    '/v1/receipts/{id}/withdraw': {
      post: operation({
        id: 'withdraw',
        tag: 'Receipts',
        summary: 'Take a message back, with a reason',
        description: 'Taken back a second time, for whatever reason, it answers with the receipt of the first.',
        scopes: ['publish'],
        parameters: [id],
        body: {
          required: true,
          content: {
            'application/json': {
              schema: {
                ...object({ reason: { type: 'string', minLength: 1, maxLength: 1000, pattern: '\\S' } }),
                additionalProperties: false,
              },
              example: { reason: 'wrong child' },
            },
          },
        },
        answers: { 202: durable },
        refused: [400, 401, 403, 404, 413, 415, 503],
      }),
    },
  };
}

const answerBody: JsonObject = {
  ...object({ answer: ref('Answer'), text: { type: 'string', maxLength: 1000 } }, ['text']),
  additionalProperties: false,
};

/** What readers ask of a source about its own messages, and its answers. */
export const requestPaths: JsonObject = {
  '/v1/requests': {
    get: operation({
      id: 'listRequests',
      tag: 'Requests',
      summary: 'What readers say is wrong, or ask, of the caller’s own records; newest first, 50 a page',
      scopes: ['publish', 'read'],
      parameters: [
        inQuery('status', oneOf(['open', 'answered']), 'Only these.'),
        inQuery('since', instant, 'Asked at or after.'),
        inQuery('cursor', uuid, 'Of the next page, as the page before gave it.'),
      ],
      answers: { 200: json('A page.', ref('SourceRequests')) },
      refused: [400, 401, 403, 503],
    }),
  },
  '/v1/requests/{id}': {
    get: operation({
      id: 'readRequest',
      tag: 'Requests',
      summary: 'One request',
      scopes: ['publish', 'read'],
      parameters: [id],
      answers: { 200: json('The request.', ref('SourceRequest')) },
      refused: [400, 401, 403, 404, 503],
    }),
  },
  '/v1/requests/{id}/answer': {
    post: operation({
      id: 'answerRequest',
      tag: 'Requests',
      summary: 'Answer a request: the first answer holds',
      scopes: ['publish'],
      parameters: [id],
      body: {
        required: true,
        content: {
          'application/json': {
            schema: answerBody,
            example: { answer: 'stands', text: 'Checked against the record.' },
          },
        },
      },
      answers: { 202: json('Taken.', ref('Answered')) },
      refused: [400, 401, 403, 404, 409, 413, 415, 503],
    }),
  },
};
