import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Parser } from '@asyncapi/parser';
import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Docs } from '../../apps/portal/docs/docs.js';
import { examples } from '../../apps/portal/docs/examples.js';
import { nativeFormats, understood } from '../../apps/portal/docs/formats.js';
import { adapterFor } from '../../libs/adapters/registry.js';
import { tried } from '../../libs/adapters/tried.js';
import { agencyOfType, catalogue } from '../../libs/contracts/catalogue.js';
import { hubClient } from '../../libs/client/client.js';
import { agencies } from '../../libs/kernel/agency.js';
import { sentBy } from '../../libs/testing/translation/sent-by.js';
import { routesOfTheHub } from './routes.js';
import { startGateway, type RunningGateway } from './running-gateway.js';

// As the parser grades what it finds.
const ERRORS = new Set<number>([0]);

const docs = new Docs('http://localhost:3000');
const openApi = docs.openApi();
const asyncApi = docs.asyncApi();
const events = [...examples()];

/** Every `example`, and every payload of `examples`, with the schema beside it. */
function examplesIn(node: JsonValue, at: string): { at: string; schema: JsonObject; example: JsonValue }[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((item, index) => examplesIn(item, `${at}/${index}`));
  const { example, schema, examples: several, payload } = node;
  return [
    ...(example !== undefined && isObject(schema) ? [{ at, schema, example }] : []),
    ...(Array.isArray(several) && isObject(payload)
      ? several.flatMap((one) => (isObject(one) ? [{ at, schema: payload, example: one['payload'] ?? null }] : []))
      : []),
    ...Object.entries(node).flatMap(([name, inner]) => examplesIn(inner, `${at}/${name}`)),
  ];
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with an example, by the schemas of its document. */
function faultsOf(document: JsonObject, found: ReturnType<typeof examplesIn>): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'document', components: document['components'] });
  return found.flatMap(({ at, schema, example }) => {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"document#/components');
    const valid = ajv.compile(JSON.parse(text) as object);
    return valid(example) ? [] : [`${at}: ${ajv.errorsText(valid.errors)}`];
  });
}

describe('the documents for machines', () => {
  it('OpenAPI is valid, and so is every example in it', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openApi));
    expect([valid, errors]).toEqual([true, undefined]);
    const found = examplesIn(openApi, '');
    expect(found.length).toBeGreaterThan(6);
    expect(faultsOf(openApi, found)).toEqual([]);
  });

  it('OpenAPI says every call that the hub serves, and none that it does not', async () => {
    const said = Object.entries(openApi['paths'] as Record<string, object>).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    // The issuer answers by itself, behind one address.
    expect(said.filter((call) => !call.includes('/oauth2/')).toSorted()).toEqual(await routesOfTheHub());
  }, 60_000);

  it('AsyncAPI is valid, and so is every example in it', async () => {
    const { diagnostics } = await new Parser().parse(structuredClone(asyncApi) as never);
    expect(
      diagnostics.filter(({ severity }) => ERRORS.has(severity)).map(({ path, message }) => [path, message]),
    ).toEqual([]);
    const found = examplesIn(asyncApi, '');
    expect(found).toHaveLength(events.length);
    expect(faultsOf(asyncApi, found)).toEqual([]);
  }, 60_000);

  it('AsyncAPI has every event that partners publish, each with a meaning for every field', () => {
    const published = [...catalogue.values()].filter(({ agency }) => agency !== undefined);
    const { messages } = asyncApi['components'] as { messages: Record<string, { examples?: unknown[] }> };
    expect(Object.keys(messages).toSorted()).toEqual(published.map(({ type }) => type).toSorted());
    expect(Object.values(messages).filter(({ examples: of }) => of?.length !== 1)).toEqual([]);
    const silent = published.flatMap(({ type }) =>
      (docs.event(type)?.messages ?? []).flatMap(({ fields }) =>
        fields.filter(({ meaning }) => meaning === '').map(({ name }) => `${type} ${name}`),
      ),
    );
    expect(silent).toEqual([]);
  });

  it('a schema refuses what the hub refuses: a required field left out', () => {
    const [found] = examplesIn(asyncApi, '').filter(({ at }) => at.endsWith('hub.police.v1.MissingReported'));
    if (!found) throw new Error('no example');
    const broken = { ...(found.example as JsonObject), data: {} };
    expect(faultsOf(asyncApi, [{ ...found, example: broken }])).toEqual([expect.stringContaining('reportReference')]);
  });
});

describe('the guide to native formats', () => {
  it('names every format that an adapter reads, and no other', () => {
    for (const agency of agencies) {
      const named = nativeFormats[agency].flatMap(({ name, also = [] }) => [name, ...also]);
      const read = Object.keys(adapterFor(agency).formats).filter((name) => !name.startsWith('hub.'));
      expect([agency, named.toSorted()]).toEqual([
        agency,
        read.filter((name) => !understood.includes(name)).toSorted(),
      ]);
    }
  });

  it.each(agencies.flatMap((agency) => nativeFormats[agency].map((format) => [agency, format.name, format] as const)))(
    'the example of %s, %s, is recognised by its content and read whole',
    (agency, _, { type, placed, example }) => {
      const attributes = placed ? { subject: 'nhs:9990001014', observedat: '2026-03-01T09:30:00Z' } : {};
      const sent = sentBy(agency, example, { contentType: type, attributes });
      const { status, facts, fields } = tried({ ...sent, messageId: 'm', canonical: sent.body, correlation: '' }, sent.receivedAt); // prettier-ignore
      // A number that nobody claims yet, as prisons and the register send, is held until somebody does.
      expect(['recorded', 'held']).toContain(status);
      expect(facts.length).toBeGreaterThan(0);
      expect(fields.some(({ read }) => read)).toBe(true);
    },
  );
});

describe('the examples', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  }, 60_000);
  afterAll(async () => gateway.stop());

  it.each(events)('%s is accepted by the door', async (type, event) => {
    const system = agencyOfType(type) ?? '';
    const hub = hubClient({ url: gateway.url, system, secret: `${system}-secret` });
    expect(await hub.publish([event])).toEqual([expect.objectContaining({ status: 'received' })]);
  });
});
