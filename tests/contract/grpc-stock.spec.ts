import { Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBothDoors, type BothDoors } from './both-doors.js';
import { event } from './events.js';
import { StockClient } from './stock-client.js';

const PUBLISHER = 'hub.publish.v1.Publisher';

describe('a stock gRPC client, without our generated code', () => {
  let both: BothDoors;
  let client: StockClient;
  let metadata: Metadata;
  beforeAll(async () => {
    both = await openBothDoors();
    client = new StockClient(both.port);
    metadata = new Metadata();
    metadata.set('authorization', await both.bearer());
  });
  afterAll(async () => {
    client.close();
    await both.stop();
  });

  const cloudEvent = () => {
    const { id, source, type, specversion, data, ...attributes } = event();
    return {
      id,
      source,
      type,
      spec_version: specversion,
      // A map is a list of pairs to this library when it comes from a descriptor; so it is on the wire.
      attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { ce_string: String(value) } })),
      text_data: JSON.stringify(data),
    };
  };

  it('finds the service, and every event of the contract, by reflection', async () => {
    expect(await client.services()).toEqual(expect.arrayContaining([PUBLISHER, 'grpc.health.v1.Health']));
    for (const symbol of [
      PUBLISHER,
      'grpc.health.v1.Health',
      'hub.police.v1.MissingReported',
      'hub.social_care.v1.Withdrawn',
    ]) {
      await client.learn(symbol);
    }
  });

  it('hears that it is served', async () => {
    for (const service of ['', PUBLISHER]) {
      const answer = await client.unary('grpc.health.v1.Health', 'Check', { service }, new Metadata());
      expect(answer).toMatchObject({ status: 'SERVING' });
    }
  });

  it('tries one, and learns what would be recorded of it and what is not read', async () => {
    await client.learn(PUBLISHER);
    const tried = await client.unary(
      PUBLISHER,
      'Try',
      { event: { ...cloudEvent(), text_data: '{"reportReference":"MR-1","weather":"rain"}' } },
      metadata,
    );
    expect(tried).toMatchObject({
      status: 'recorded',
      facts: [{ type: 'hub.police.v1.MissingReported', data: { type_url: expect.stringMatching(/MissingReported$/) } }],
      fields: [{ field: '/data/reportReference', read: true }, { field: '/data/weather' }],
    });
  });

  it('publishes one event and many, and gets a receipt for each', async () => {
    await client.learn(PUBLISHER);
    const first = cloudEvent();
    const one = await client.unary(PUBLISHER, 'Publish', { event: first }, metadata);
    expect(one).toMatchObject({ receipt: { status: 'received', href: expect.stringMatching(/^\/v1\/receipts\//) } });
    const requests = [first, cloudEvent(), { ...cloudEvent(), id: '' }].map((sent) => ({ event: sent }));
    const results = (await client.stream(PUBLISHER, 'PublishStream', requests, metadata)).flatMap(
      (response) => response['results'],
    );
    expect(results).toMatchObject([
      { outcome: 'receipt', receipt: one['receipt'] },
      { outcome: 'receipt' },
      { outcome: 'problem', problem: { type: '/problems/broken-envelope', pointer: '/id', status: 400 } },
    ]);
  });
});
