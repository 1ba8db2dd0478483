import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { AnySchema, TimestampSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from '@jest/globals';
import { PublishRequestSchema } from '../../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import {
  CloudEvent_CloudEventAttributeValueSchema as ValueSchema,
  CloudEventSchema,
  type CloudEvent,
} from '../../../libs/contracts/gen/io/cloudevents/v1/cloudevents_pb.js';
import type { Problem } from '../../../libs/platform/problems/problem.js';
import type { Publisher } from '../../../libs/platform/envelopes/attributes.js';
import type { ReceivedEvent } from '../../../libs/platform/envelopes/event.js';
import { protoEvent } from './proto-event.js';

const publisher: Publisher = { subject: 'police', system: 'police', agency: 'police', roles: [], scopes: new Set() };
const TYPE = 'hub.police.v1.MissingReported';

type Attr = MessageInitShape<typeof ValueSchema>['attr'];
type Data = CloudEvent['data'];

const requestOf = (attributes: Record<string, Attr>, data?: Data): Uint8Array =>
  toBinary(
    PublishRequestSchema,
    create(PublishRequestSchema, {
      event: create(CloudEventSchema, {
        id: 'm-1',
        source: '/police',
        specVersion: '1.0',
        type: TYPE,
        attributes: Object.fromEntries(
          Object.entries(attributes).map(([name, attr]) => [name, create(ValueSchema, attr ? { attr } : {})]),
        ),
        ...(data ? { data } : {}),
      }),
    }),
  );

const read = (bytes: Uint8Array): ReceivedEvent => protoEvent(bytes, PublishRequestSchema, publisher);

function refusal(bytes: Uint8Array): Partial<Problem> {
  try {
    read(bytes);
  } catch (error) {
    const { status, code, pointer } = error as Problem;
    return { status, code, ...(pointer === undefined ? {} : { pointer }) };
  }
  throw new Error('it was taken');
}

const any = (typeUrl: string, value = new Uint8Array([10, 1, 65])): Data => ({
  case: 'protoData',
  value: create(AnySchema, { typeUrl, value }),
});

describe('an event in protobuf', () => {
  it('has attributes of every type as text, and none that has no value', () => {
    const at = create(TimestampSchema, { seconds: 1_772_357_400n, nanos: 500_000_000 });
    const { attributes } = read(
      requestOf({
        subject: { case: 'ceString', value: 'nominal-7731' },
        time: { case: 'ceTimestamp', value: at },
        dataschema: { case: 'ceUri', value: 'https://example.org/schema' },
        dataref: { case: 'ceUriRef', value: '/schema' },
        sequence: { case: 'ceInteger', value: -7 },
        urgent: { case: 'ceBoolean', value: false },
        mark: { case: 'ceBytes', value: new Uint8Array([255, 0]) },
        unset: undefined,
      }),
    );
    expect(attributes).toEqual({
      id: 'm-1',
      source: 'police',
      type: TYPE,
      subject: 'nominal-7731',
      time: '2026-03-01T09:30:00.500Z',
      dataschema: 'https://example.org/schema',
      dataref: '/schema',
      sequence: '-7',
      urgent: 'false',
      mark: '/wA=',
    });
  });

  it.each<[string, Data | undefined, Record<string, Attr>, string, string]>([
    [
      'text, which is JSON when it does not say',
      { case: 'textData', value: '{"a":1}' },
      {},
      '{"a":1}',
      'application/json',
    ],
    [
      'bytes of the type it says',
      { case: 'binaryData', value: new TextEncoder().encode('a,b') },
      { datacontenttype: { case: 'ceString', value: 'text/csv' } },
      'a,b',
      'text/csv',
    ],
    [
      'a message of the contract, as its bytes',
      any(`type.googleapis.com/${TYPE}`),
      {},
      '\n\u0001A',
      'application/protobuf',
    ],
    ['nothing', undefined, {}, '', 'application/json'],
  ])('holds %s', (_, data, attributes, body, contentType) => {
    const event = read(requestOf(attributes, data));
    expect([Buffer.from(event.body).toString(), event.contentType]).toEqual([body, contentType]);
  });

  it.each<[string, Uint8Array, string, string | undefined]>([
    [
      'a message of another type than its own',
      requestOf({}, any('x/hub.police.v1.Charged')),
      'broken-envelope',
      '/proto_data',
    ],
    [
      'a message that it calls JSON',
      requestOf({ datacontenttype: { case: 'ceString', value: 'application/json' } }, any(`x/${TYPE}`)),
      'broken-envelope',
      '/datacontenttype',
    ],
    ['its id twice', requestOf({ id: { case: 'ceString', value: 'm-2' } }), 'broken-envelope', '/id'],
    [
      'a time beyond the calendar',
      requestOf({ time: { case: 'ceTimestamp', value: create(TimestampSchema, { seconds: 1n << 60n }) } }),
      'broken-envelope',
      '/time',
    ],
    // Field 9 of the event, which CloudEvents does not have; the event is two bytes longer for it.
    ['a field that CloudEvents does not have', new Uint8Array([10, 2, 72, 1]), 'broken-envelope', undefined],
    ['no event', new Uint8Array(), 'empty-body', undefined],
    ['half a message', requestOf({}).subarray(0, 9), 'malformed', undefined],
    ['text that is not UTF-8', new Uint8Array([10, 3, 10, 1, 0xff]), 'malformed', undefined],
  ])('is refused with %s', (_, bytes, code, pointer) => {
    expect(refusal(bytes)).toEqual({ status: 400, code, ...(pointer === undefined ? {} : { pointer }) });
  });
});
