import { randomUUID } from 'node:crypto';
import { create, toBinary } from '@bufbuild/protobuf';
import { PublishStreamRequestSchema } from '../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import { CloudEventSchema } from '../../libs/contracts/gen/io/cloudevents/v1/cloudevents_pb.js';

/** A structured event of some 600 bytes with an id of its own. About nobody. */
export function eventText(): string {
  return `${HEAD}${randomUUID()}${TAIL}`;
}

/** The same as a message of a gRPC stream: the CloudEvent in protobuf, its data the same JSON. */
export function eventRequest(): Uint8Array {
  const { id: _, source, type, specversion, data, ...attributes } = SAID;
  const texts = Object.entries(attributes).map(
    ([name, value]) => [name, { attr: { case: 'ceString', value } }] as const,
  );
  const event = create(CloudEventSchema, {
    id: randomUUID(),
    source,
    type,
    specVersion: specversion,
    attributes: Object.fromEntries(texts),
    data: { case: 'textData', value: JSON.stringify(data) },
  });
  return toBinary(PublishStreamRequestSchema, create(PublishStreamRequestSchema, { event }));
}

const SAID = {
  specversion: '1.0',
  id: '#',
  source: 'police',
  type: 'hub.police.v1.MissingReported',
  subject: 'nominal-70101',
  time: '2026-03-01T21:15:00Z',
  recordedtime: '2026-03-01T21:20:00Z',
  datacontenttype: 'application/json',
  data: {
    reportReference: 'MR-26-0999',
    risk: 'RISK_GRADE_MEDIUM',
    lastSeen: 'school gate, on foot, alone, at the end of the afternoon',
    person: {
      givenNames: 'Sample',
      familyName: 'Person',
      birthDate: '2010-01-01',
      identifiers: [{ kind: 'nhs', value: '9449303223' }],
    },
    circumstances: 'Did not come home after school. Friends have not seen them. Phone is off.',
  },
};

const [HEAD = '', TAIL = ''] = JSON.stringify(SAID).split('#');
