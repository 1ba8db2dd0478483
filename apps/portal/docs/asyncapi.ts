import type { JsonObject } from '@bufbuild/protobuf';
import { catalogue } from '../../../libs/contracts/catalogue.js';
import type { EventContract } from '../../../libs/contracts/event-contract.js';
import { schemasOf, type Meanings } from '../../../libs/contracts/json-schema.js';
import type { CloudEvent } from '../../../libs/simulations/cloud-event.js';
import { cloudEvent } from './openapi/publishing-schemas.js';

const AT = '#/components/schemas/';

/** Every event that partners publish, as a message with the schema of its data and an example (AsyncAPI 3). */
export function asyncApi(url: string, examples: ReadonlyMap<string, CloudEvent>, meaning: Meanings): JsonObject {
  const published = [...catalogue.values()].filter(({ agency }) => agency !== undefined);
  const schemas = Object.assign({}, ...published.map(({ schema }) => schemasOf(schema, meaning, AT))) as JsonObject;
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Youth Justice Hub',
      version: '1',
      description: 'The canonical events, as CloudEvents 1.0. The calls that carry them are in `/docs/openapi.json`.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/cloudevents+json',
    servers: { hub: { host: new URL(url).host, protocol: new URL(url).protocol.replace(':', '') } },
    channels: {
      events: {
        address: '/v1/events',
        title: 'Events of all agencies',
        servers: [{ $ref: '#/servers/hub' }],
        messages: Object.fromEntries(published.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
      },
    },
    operations: {
      publish: {
        action: 'receive',
        channel: { $ref: '#/channels/events' },
        summary: 'A system publishes an event of its own agency, and gets a receipt',
      },
    },
    components: {
      messages: Object.fromEntries(
        published.map((contract) => [contract.type, message(contract, examples.get(contract.type), meaning)]),
      ),
      schemas: { CloudEvent: cloudEvent, ...schemas },
    },
  };
}

function message(contract: EventContract, example: CloudEvent | undefined, meaning: Meanings): JsonObject {
  const { type, title, category, handling, key, retention, snapshot } = contract;
  return {
    name: type,
    title,
    summary: meaning(type),
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        { $ref: `${AT}CloudEvent` },
        { type: 'object', properties: { type: { const: type }, data: { $ref: `${AT}${type}` } }, required: ['data'] },
      ],
    },
    ...(example ? { examples: [{ name: 'example', payload: { ...example } }] } : {}),
    'x-category': category,
    'x-handling': handling,
    'x-key': [...key],
    'x-retention': retention,
    'x-snapshot': snapshot,
  };
}
