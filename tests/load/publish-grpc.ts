import { fromBinary } from '@bufbuild/protobuf';
import { Client, credentials, Metadata, type ClientDuplexStream } from '@grpc/grpc-js';
import {
  PublishStreamResponseSchema,
  type PublishStreamResponse,
} from '../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import { compare, type Benchmark } from './measurement.js';
import { eventRequest, eventText } from './publish-events.js';
import { startTarget, type Target } from './publish-load.js';
import { singles } from './publish-single.js';

const STREAMS = 4;
// Sent and not yet answered, on each: what a partner would keep to send again should the stream break.
const AHEAD = 500;
const SECONDS = 4;

type Stream = ClientDuplexStream<Uint8Array, PublishStreamResponse>;

/** The same events through the gRPC door, in streams, against one at a time over HTTP. */
export const publishGrpc: Benchmark = {
  name: 'publish.grpc',
  what: `the events of \`publish.single\`, ${eventRequest().length} bytes in protobuf, one to a message, ${STREAMS} streams with at most ${AHEAD} unanswered each: authenticated, sealed, durable, a receipt each`,
  goal: { of: 'ratio', is: 'at least', goal: 2, beyond: 3 },
  run: async (server) => {
    const { hub, keys } = await server.databases();
    const gateway = await startTarget(64, 'gateway', hub, keys);
    try {
      return await compare({
        name: 'publish.grpc',
        unit: 'events/s',
        reference: `structured events of ${eventText().length} bytes one at a time over HTTP, as \`publish.single\` has them`,
        subject: async () => streams(gateway),
        against: async () => singles(gateway),
      });
    } finally {
      await gateway.stop();
    }
  },
};

async function streams({ grpc }: Target): Promise<number> {
  const client = new Client(`127.0.0.1:${grpc.port}`, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set('authorization', grpc.authorization);
  const began = performance.now();
  const counts = Array.from({ length: STREAMS }, async () =>
    busy(
      client.makeBidiStreamRequest(
        '/hub.publish.v1.Publisher/PublishStream',
        (event: Uint8Array) => Buffer.from(event.buffer, event.byteOffset, event.length),
        (bytes: Buffer) => fromBinary(PublishStreamResponseSchema, bytes),
        metadata,
      ),
      began + SECONDS * 1_000,
    ),
  );
  const answered = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  const rate = (answered * 1_000) / (performance.now() - began);
  client.close();
  return rate;
}

/** Keeps one stream busy until then; resolves to how many events got their receipt. */
async function busy(stream: Stream, until: number): Promise<number> {
  let answered = 0;
  const send = (count: number): void => {
    for (let n = 0; n < count; n += 1) stream.write(eventRequest());
  };
  send(AHEAD);
  for await (const { results } of stream as AsyncIterable<PublishStreamResponse>) {
    const refused = results.find(({ outcome }) => outcome.case !== 'receipt');
    if (refused) throw new Error(`an event was refused: ${JSON.stringify(refused.outcome.value)}`);
    answered += results.length;
    if (performance.now() < until) send(results.length);
    else stream.end();
  }
  return answered;
}
