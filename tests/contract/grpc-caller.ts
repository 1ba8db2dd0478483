import {
  create,
  fromBinary,
  toBinary,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { Client, credentials, Metadata, type ClientDuplexStream, type ServiceError } from '@grpc/grpc-js';
import { RetryInfoSchema } from '../../libs/contracts/gen/google/rpc/error_details_pb.js';
import { StatusSchema } from '../../libs/contracts/gen/google/rpc/status_pb.js';
import {
  ProblemSchema,
  PublishRequestSchema,
  PublishResponseSchema,
  PublishStreamRequestSchema,
  PublishStreamResponseSchema,
  TryRequestSchema,
  TryResponseSchema,
  type Problem,
  type PublishResult,
  type PublishStreamResponse,
  type Receipt,
  type TryResponse,
} from '../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import type { CloudEventSchema } from '../../libs/contracts/gen/io/cloudevents/v1/cloudevents_pb.js';
import type { Event } from './events.js';

export type ProtoEvent = MessageInitShape<typeof CloudEventSchema>;

/** How a call was refused: its code, the problem in its details, and when to come back. */
export interface Refusal {
  readonly code: number;
  readonly problem: Problem | undefined;
  readonly retrySeconds: number | undefined;
  /** All that came back, in one text. */
  readonly text: string;
}

export interface GrpcCaller {
  publish(event: ProtoEvent | Buffer, metadata: Record<string, string>): Promise<Receipt>;
  try(event: ProtoEvent | Buffer, metadata: Record<string, string>): Promise<TryResponse>;
  stream(metadata: Record<string, string>): ClientDuplexStream<ProtoEvent | Buffer, PublishStreamResponse>;
  close(): void;
}

/** The service as a caller with our generated types has it. A Buffer is sent as it is. */
export function grpcCaller(port: number): GrpcCaller {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  return {
    publish: async (event, metadata) => {
      const { promise, resolve, reject } = Promise.withResolvers<Receipt>();
      client.makeUnaryRequest(
        '/hub.publish.v1.Publisher/Publish',
        written(PublishRequestSchema),
        read(PublishResponseSchema),
        event,
        metadataOf(metadata),
        (error, answer) => {
          if (answer?.receipt) resolve(answer.receipt);
          else reject(error ?? new Error('no receipt and no error'));
        },
      );
      return promise;
    },
    try: async (event, metadata) => {
      const { promise, resolve, reject } = Promise.withResolvers<TryResponse>();
      client.makeUnaryRequest(
        '/hub.publish.v1.Publisher/Try',
        written(TryRequestSchema),
        read(TryResponseSchema),
        event,
        metadataOf(metadata),
        (error, answer) => (answer ? resolve(answer) : reject(error ?? new Error('no answer and no error'))),
      );
      return promise;
    },
    stream: (metadata) =>
      client.makeBidiStreamRequest(
        '/hub.publish.v1.Publisher/PublishStream',
        written(PublishStreamRequestSchema),
        read(PublishStreamResponseSchema),
        metadataOf(metadata),
      ),
    close: () => client.close(),
  };
}

/** Sends all, and answers what came back until the stream ended; rejects with how it was refused. */
export async function streamed(
  stream: ClientDuplexStream<ProtoEvent | Buffer, PublishStreamResponse>,
  events: readonly (ProtoEvent | Buffer)[],
): Promise<PublishResult[]> {
  for (const event of events) stream.write(event);
  stream.end();
  return results(stream);
}

export async function results(stream: AsyncIterable<PublishStreamResponse>): Promise<PublishResult[]> {
  const all: PublishResult[] = [];
  for await (const response of stream) all.push(...response.results);
  return all;
}

/** An event of a stream as it goes over the wire: not compressed, its length, the message. */
export function framed(event: ProtoEvent): Buffer {
  const message = written(PublishStreamRequestSchema)(event);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** A JSON event in the protobuf format of CloudEvents. */
export function protoEventOf({ specversion, id, source, type, data, ...attributes }: Event): ProtoEvent {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    id: text(id),
    source: text(source),
    type: text(type),
    specVersion: text(specversion),
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { attr: { case: 'ceString', value: String(value) } }]),
    ),
    data: { case: 'textData', value: JSON.stringify(data) },
  };
}

export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isServiceError(error)) throw new Error('the call was not refused', { cause: error });
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  const details = bytes instanceof Buffer ? fromBinary(StatusSchema, bytes).details : [];
  const unpacked = <Desc extends DescMessage>(schema: Desc): MessageShape<Desc> | undefined =>
    details.map((detail) => anyUnpack(detail, schema)).find((detail) => detail !== undefined);
  const delay = unpacked(RetryInfoSchema)?.retryDelay;
  return {
    code: error.code,
    problem: unpacked(ProblemSchema),
    retrySeconds: delay && Number(delay.seconds),
    text: `${error.details} ${JSON.stringify(error.metadata.toJSON())} ${bytes?.toString('latin1')}`,
  };
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'metadata' in error;
}

function metadataOf(entries: Record<string, string>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(entries)) metadata.set(name, value);
  return metadata;
}

function written(schema: typeof PublishRequestSchema | typeof PublishStreamRequestSchema | typeof TryRequestSchema) {
  return (event: ProtoEvent | Buffer): Buffer =>
    Buffer.isBuffer(event) ? event : Buffer.from(toBinary(schema, create(schema, { event })));
}

function read<Desc extends DescMessage>(schema: Desc) {
  return (bytes: Buffer): MessageShape<Desc> => fromBinary(schema, bytes);
}
