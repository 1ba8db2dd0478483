import { fromBinary, toBinary, type DescFile } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import type { Server } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { service as healthService } from 'grpc-health-check';
import { catalogue } from '../../../libs/contracts/catalogue.js';
import { file_hub_publish_v1_publish } from '../../../libs/contracts/gen/hub/publish/v1/publish_pb.js';

/**
 * Lets a stock client find out what there is: the services, and every event of the contract, so that it can also write what
 * stands in `proto_data`.
 */
export function addReflection(server: Server): void {
  const files = new Map<string, DescFile>();
  for (const { schema } of catalogue.values()) collect(schema.file, files);
  collect(file_hub_publish_v1_publish, files);
  const descriptors = [...files.values()].map((file) => Buffer.from(toBinary(FileDescriptorProtoSchema, file.proto)));
  const described = {
    hub: { format: 'Protocol Buffer 3 DescriptorProto', type: {}, fileDescriptorProtos: descriptors },
    health: { ...healthService['Check']?.requestType, fileDescriptorProtos: healthFiles().map(mended) },
  };
  new ReflectionService(described as ConstructorParameters<typeof ReflectionService>[0]).addToServer(server);
}

const healthFiles = (): Uint8Array[] => healthService['Check']?.requestType.fileDescriptorProtos ?? [];

// The library that made it names the entries of a map otherwise than the language does: stock clients would refuse the file.
function mended(bytes: Uint8Array): Buffer {
  const file = fromBinary(FileDescriptorProtoSchema, bytes);
  for (const { field, nestedType } of file.messageType) {
    for (const entry of nestedType.filter(({ options }) => options?.mapEntry === true)) {
      const name = `${entry.name}Entry`;
      for (const map of field.filter(({ typeName }) => typeName === entry.name)) map.typeName = name;
      entry.name = name;
    }
  }
  return Buffer.from(toBinary(FileDescriptorProtoSchema, file));
}

function collect(file: DescFile, files: Map<string, DescFile>): void {
  if (files.has(file.name)) return;
  files.set(file.name, file);
  for (const dependency of file.dependencies) collect(dependency, files);
}
