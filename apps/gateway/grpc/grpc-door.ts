import { once } from 'node:events';
import { toBinary } from '@bufbuild/protobuf';
import { logVerbosity, Server, ServerCredentials, setLogVerbosity, type MethodDefinition } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import {
  Publisher,
  PublishResponseSchema,
  PublishStreamResponseSchema,
  TryResponseSchema,
  type PublishResponse,
  type PublishStreamResponse,
  type TryResponse,
} from '../../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import { ConfigError } from '../../../libs/platform/config.js';
import { Calls, type CallParts } from './calls.js';
import { addReflection } from './reflection.js';

// What the library has to say comes back as errors too; its own lines would stand beside the log.
setLogVerbosity(logVerbosity.NONE);

const SERVICES = ['', Publisher.typeName];
// Who only watches health or reads descriptors is waited for no longer.
const CLOSE_WITHIN_MS = 2_000;
const OPTIONS = {
  // Four events' worth: what is beyond the limit of an event is refused with a problem, what is beyond this ends the call.
  'grpc.max_receive_message_length': 4 * 1_048_576,
  'grpc.max_concurrent_streams': 100,
  // A caller that vanished is noticed, and its streams end.
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
};

// Messages come as bytes: what cannot be read is one event's problem, not the end of the call.
const asBytes = (bytes: Buffer): Buffer => bytes;

const service: {
  readonly publish: MethodDefinition<Buffer, PublishResponse>;
  readonly publishStream: MethodDefinition<Buffer, PublishStreamResponse>;
  readonly try: MethodDefinition<Buffer, TryResponse>;
} = {
  publish: {
    path: `/${Publisher.typeName}/${Publisher.method.publish.name}`,
    requestStream: true,
    responseStream: false,
    requestSerialize: asBytes,
    requestDeserialize: asBytes,
    responseSerialize: (answer) => Buffer.from(toBinary(PublishResponseSchema, answer)),
    responseDeserialize: unused,
  },
  publishStream: {
    path: `/${Publisher.typeName}/${Publisher.method.publishStream.name}`,
    requestStream: true,
    responseStream: true,
    requestSerialize: asBytes,
    requestDeserialize: asBytes,
    responseSerialize: (answer) => Buffer.from(toBinary(PublishStreamResponseSchema, answer)),
    responseDeserialize: unused,
  },
  try: {
    path: `/${Publisher.typeName}/${Publisher.method.try.name}`,
    requestStream: true,
    responseStream: false,
    requestSerialize: asBytes,
    requestDeserialize: asBytes,
    responseSerialize: (answer) => Buffer.from(toBinary(TryResponseSchema, answer)),
    responseDeserialize: unused,
  },
};

function unused(): never {
  throw new Error('a server reads no answers');
}

/** `hub.publish.v1.Publisher` on a port of its own, with the standard health service and server reflection. */
export class GrpcDoor {
  readonly #server = new Server(OPTIONS);
  readonly #health = new HealthImplementation();
  readonly #calls: Calls;

  constructor(parts: CallParts) {
    this.#calls = new Calls(parts);
    const { publish, publishStream, try: tryOut } = this.#calls;
    this.#server.addService(service, { publish, publishStream, try: tryOut });
    this.#health.addToServer(this.#server);
    addReflection(this.#server);
  }

  /** Rejects with `ConfigError` when the port cannot be had. */
  async listen(host: string, port: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.#server.bindAsync(address, ServerCredentials.createInsecure(), (error) => {
      if (error)
        reject(
          new ConfigError(
            `The hub cannot start: it cannot listen on ${address} (GRPC_PORT). Stop what does, or choose another.`,
            { cause: error },
          ),
        );
      else resolve();
    });
    await promise;
    for (const name of SERVICES) this.#health.setStatus(name, 'SERVING');
  }

  /** Says that it serves no more, answers what is in hand, ends every stream with UNAVAILABLE, and closes. */
  async stop(): Promise<void> {
    for (const name of SERVICES) this.#health.setStatus(name, 'NOT_SERVING');
    await this.#calls.stop();
    const closed = new AbortController();
    this.#server.tryShutdown(() => closed.abort());
    const over = AbortSignal.any([closed.signal, AbortSignal.timeout(CLOSE_WITHIN_MS)]);
    if (!over.aborted) await once(over, 'abort');
    if (!closed.signal.aborted) this.#server.forceShutdown();
  }
}
