import type { JsonObject } from '@bufbuild/protobuf';
import { agencies } from '../../../../libs/kernel/agency.js';
import { receiptStatuses } from '../../../../libs/kernel/intake.js';
import { answers } from '../../../../libs/platform/annotations/request-book.js';
import { instant, listOf, object, oneOf, ref, text, uuid } from './describe.js';

const attribute: JsonObject = { type: 'string', minLength: 1, maxLength: 2048 };

const MEDIA_TYPE = '^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\\s*;.*)?$';

/** A CloudEvent in structured mode, as the hub takes it; its data is said by type in the catalogue of events. */
export const cloudEvent: JsonObject = {
  type: 'object',
  required: ['specversion', 'id', 'source', 'type'],
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: {
      ...attribute,
      description: 'The source’s own id: with the system, what makes a repeated message the same one.',
    },
    source: { ...attribute, description: 'The publishing system, e.g. `police`.' },
    type: { ...attribute, description: '`hub.<agency>.v1.<Fact>`: see `/docs/events`.' },
    subject: { ...attribute, description: 'The source’s own record, e.g. of a person.' },
    time: { ...instant, description: 'When it happened.' },
    recordedtime: { ...instant, description: 'When the source wrote it down, if that was later.' },
    handling: {
      ...attribute,
      description: 'Marks in lower case, e.g. `professional-only`: in place of the type’s own.',
    },
    datacontenttype: {
      ...attribute,
      pattern: MEDIA_TYPE,
      description: '`application/json` unless it says `application/protobuf`.',
    },
    data: { description: 'The event: the protobuf JSON mapping of the message of that type.' },
    data_base64: { type: 'string', contentEncoding: 'base64' },
  },
  not: { required: ['data', 'data_base64'] },
  propertyNames: { pattern: '^([a-z0-9]{1,64}|data_base64)$' },
};

export const publishingSchemas: Readonly<Record<string, JsonObject>> = {
  Problem: object(
    {
      type: { type: 'string', description: '`/problems/<code>`: which kind of problem it is.' },
      title: text,
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What is wrong, in words. Never a value that was sent.' },
      pointer: { type: 'string', description: 'JSON pointer, or the name of a header or parameter.' },
      correlationId: uuid,
    },
    ['pointer'],
  ),
  CloudEvent: cloudEvent,
  ReceiptStatus: oneOf(receiptStatuses),
  ReceiptAnswer: object({ id: uuid, status: ref('ReceiptStatus'), href: text }),
  Accepted: object({ receipts: listOf(ref('ReceiptAnswer')) }),
  PartlyAccepted: object({
    receipts: listOf({ anyOf: [ref('ReceiptAnswer'), object({ problem: ref('Problem') })] }),
  }),
  Outcome: object(
    {
      fact: { type: 'string', description: 'Canonical type of the fact, where there is one.' },
      outcome: text,
      eventId: uuid,
      reason: { type: 'string', description: 'A code.' },
      detail: text,
      pointer: text,
    },
    ['fact', 'eventId', 'reason', 'detail', 'pointer'],
  ),
  Tried: object({
    messageId: text,
    status: ref('ReceiptStatus'),
    outcomes: listOf(ref('Outcome')),
    facts: listOf(ref('TriedFact')),
    fields: listOf(ref('FieldRead')),
  }),
  TriedFact: object(
    {
      type: { type: 'string', description: '`hub.<agency>.v1.<Fact>`.' },
      record: { type: 'string', description: 'The source’s own record.' },
      occurred: object({
        at: { type: 'string', description: 'RFC 3339, or a day.' },
        precision: oneOf(['instant', 'date']),
      }),
      statedAt: instant,
      handling: text,
      pointer: text,
      data: { type: 'object', description: 'What would be recorded, as the catalogue has it.' },
    },
    ['handling', 'pointer', 'data'],
  ),
  FieldRead: object({
    field: {
      type: 'string',
      description:
        'Where the message says something: a path of names, a star for any member of a list; a column; a path of elements. At most 1,000.',
    },
    read: {
      type: 'boolean',
      description: 'Whether the hub reads it. What it does not is kept with the message and goes no further.',
    },
  }),
  TriedAll: object({ results: listOf(ref('Tried')) }),
  PartlyTried: object({ results: listOf({ anyOf: [ref('Tried'), object({ problem: ref('Problem') })] }) }),
  Receipt: object({
    id: uuid,
    source: text,
    messageId: text,
    receivedAt: instant,
    status: ref('ReceiptStatus'),
    outcomes: listOf(ref('Outcome')),
  }),
  Receipts: object({ receipts: listOf(ref('Receipt')), cursor: text }, ['cursor']),
  SourceRequest: object(
    {
      id: uuid,
      kind: oneOf(['wrong', 'why-withheld']),
      status: oneOf(['open', 'answered']),
      askedAt: instant,
      askedBy: object({ agency: oneOf(agencies), role: text }),
      text,
      about: {
        anyOf: [
          object({ receipt: uuid, messageId: text, pointer: text }, ['pointer']),
          object({ record: { type: 'string', description: 'The source’s own record.' } }),
        ],
      },
      answer: object({ answer: ref('Answer'), text, answeredAt: instant }),
    },
    ['answer'],
  ),
  Answer: oneOf(Object.keys(answers)),
  SourceRequests: object({ requests: listOf(ref('SourceRequest')), cursor: uuid }, ['cursor']),
  Answered: object({ id: uuid, status: oneOf(['answered']), answer: ref('Answer'), text }),
};
