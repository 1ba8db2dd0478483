import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hubClient, type HubClient } from '../../libs/client/client.js';
import { clientTypes, committedTypes } from '../client/generate.js';
import { event } from './events.js';
import { startGateway, type RunningGateway } from './running-gateway.js';

it('the committed client is what the OpenAPI document makes: else run npm run client', async () => {
  expect(committedTypes()).toBe(await clientTypes());
}, 60_000);

describe('a partner with the client', () => {
  let gateway: RunningGateway;
  let hub: HubClient;
  beforeAll(async () => {
    gateway = await startGateway();
    hub = hubClient({ url: gateway.url, system: 'police', secret: 'police-secret' });
  }, 60_000);
  afterAll(async () => gateway.stop());

  const mine = () => ({ ...event(), specversion: '1.0', id: crypto.randomUUID(), source: 'police' }) as const;
  const of = { type: 'hub.police.v1.MissingReported' };

  it('publishes, and sees its receipts; the same event again is the same receipt', async () => {
    const one = { ...mine(), ...of };
    const [first] = await hub.publish([one]);
    const [again] = await hub.publish([one]);
    expect(again).toEqual(first);
    const { data } = await hub.api.GET('/v1/receipts', { params: { query: { status: 'received' } } });
    expect(data?.receipts.map(({ messageId }) => messageId)).toContain(one.id);
  });

  it('is told of each event of a batch what became of it', async () => {
    const answers = await hub.publish([
      { ...mine(), ...of },
      { ...mine(), ...of, source: 'court' },
    ]);
    expect(answers).toMatchObject([{ status: 'received' }, { problem: { status: 403, pointer: '/1/source' } }]);
  });

  it('takes back what it sent, once', async () => {
    const [sent] = await hub.publish([{ ...mine(), ...of }]);
    if (!sent || !('id' in sent)) throw new Error('not kept');
    const withdraw = async () =>
      hub.api.POST('/v1/receipts/{id}/withdraw', {
        params: { path: { id: sent.id } },
        body: { reason: 'wrong child' },
      });
    const [first, second] = [await withdraw(), await withdraw()];
    expect(second.data).toEqual(first.data);
  });

  it('reads a refusal as a problem', async () => {
    const path = { id: '00000000-0000-4000-8000-000000000000' };
    const { error, response } = await hub.api.GET('/v1/receipts/{id}', { params: { path } });
    expect([response.status, error?.type]).toEqual([404, '/problems/not-found']);
  });

  it('is refused with a wrong secret, and works again with the right one', async () => {
    const stranger = hubClient({ url: gateway.url, system: 'police', secret: 'not-it' });
    const publishing = stranger.publish([{ ...mine(), ...of }]);
    await expect(publishing).rejects.toMatchObject({ code: 'hub-refused', status: 401 });
  });
});
