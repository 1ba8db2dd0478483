import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, credentials, type Metadata, type ServiceError } from '@grpc/grpc-js';
import { loadFileDescriptorSetFromObject, loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { create, fromBinary, toJson } from '@bufbuild/protobuf';

type Answer = Record<string, unknown>;

/** A client that knows nothing of the hub: what there is to call, it asks. */
export class StockClient {
  readonly #client: Client;
  readonly #packages: PackageDefinition[] = [];

  constructor(port: number) {
    this.#client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    const reflection = dirname(fileURLToPath(import.meta.resolve('@grpc/reflection')));
    const health = dirname(fileURLToPath(import.meta.resolve('grpc-health-check')));
    const protos = [
      join(reflection, '../proto/grpc/reflection/v1/reflection.proto'),
      join(health, '../../proto/health/v1/health.proto'),
    ];
    for (const proto of protos) this.#packages.push(loadSync(proto, { keepCase: true, enums: String }));
  }

  /** The services that the server lists. */
  async services(): Promise<string[]> {
    const answer = await this.#reflect({ list_services: '' });
    const { service } = answer['list_services_response'] as { service: { name: string }[] };
    return service.map(({ name }) => name);
  }

  /** Learns all that there is to know of a service, or a message, from the server. */
  async learn(symbol: string): Promise<void> {
    const answer = await this.#reflect({ file_containing_symbol: symbol });
    const response = answer['file_descriptor_response'] as { file_descriptor_proto: Uint8Array[] };
    const file = response.file_descriptor_proto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    const set = toJson(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file }));
    this.#packages.push(loadFileDescriptorSetFromObject(set, { keepCase: true, enums: String, oneofs: true }));
  }

  async unary(service: string, method: string, request: Answer, metadata: Metadata): Promise<Answer> {
    const { path, requestSerialize, responseDeserialize } = this.#method(service, method);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const answer = (error: ServiceError | null, value?: object): void =>
      error ? reject(error) : resolve((value ?? {}) as Answer);
    this.#client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, answer);
    return promise;
  }

  async stream(service: string, method: string, requests: Answer[], metadata: Metadata): Promise<Answer[]> {
    const { path, requestSerialize, responseDeserialize } = this.#method(service, method);
    const stream = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata);
    for (const request of requests) stream.write(request);
    stream.end();
    return (await stream.toArray()) as Answer[];
  }

  close(): void {
    this.#client.close();
  }

  async #reflect(request: Answer): Promise<Answer> {
    const { path, requestSerialize, responseDeserialize } = this.#method(
      'grpc.reflection.v1.ServerReflection',
      'ServerReflectionInfo',
    );
    const stream = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    stream.write(request);
    const [answer] = (await once(stream, 'data')) as [Answer];
    stream.end();
    return answer;
  }

  #method(service: string, method: string) {
    for (const definition of this.#packages) {
      const found = definition[service];
      if (found && !('format' in found) && found[method]) return found[method];
    }
    throw new Error(`nobody told this client of ${service}/${method}`);
  }
}
