import { compare, rate, type Benchmark } from './measurement.js';
import { eventText } from './publish-events.js';
import { startTarget, type Target } from './publish-load.js';

const CLIENTS = 64;
const SECONDS = 4;

/** Events a second, one at a time from as many clients: what `publish.grpc` is compared with. */
export async function singles(target: Target): Promise<number> {
  return rate(CLIENTS, SECONDS, async () => {
    await target.post('application/cloudevents+json', eventText());
    return 1;
  });
}

/** Events one at a time through the real doors, all of receive, against an endpoint that only validates and answers. */
export const publishSingle: Benchmark = {
  name: 'publish.single',
  what: `structured events of ${eventText().length} bytes one at a time, ${CLIENTS} clients on one machine: authenticated, sealed, durable, acknowledged`,
  goal: { of: 'ratio', is: 'at least', goal: 0.5, beyond: 0.8 },
  run: async (server) => {
    const { hub, keys } = await server.databases();
    const [gateway, bare] = await Promise.all([
      startTarget(CLIENTS, 'gateway', hub, keys),
      startTarget(CLIENTS, 'bare'),
    ]);
    try {
      return await compare({
        name: 'publish.single',
        unit: 'events/s',
        reference: 'a bare Nest + Fastify endpoint that validates and returns',
        subject: async () => singles(gateway),
        against: async () =>
          rate(CLIENTS, SECONDS, async () => {
            await bare.post('application/json', eventText());
            return 1;
          }),
      });
    } finally {
      await Promise.all([gateway.stop(), bare.stop()]);
    }
  },
};
