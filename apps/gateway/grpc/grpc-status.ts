import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { anyPack } from '@bufbuild/protobuf/wkt';
import { Metadata, status } from '@grpc/grpc-js';
import { RetryInfoSchema } from '../../../libs/contracts/gen/google/rpc/error_details_pb.js';
import { StatusSchema } from '../../../libs/contracts/gen/google/rpc/status_pb.js';
import { ProblemSchema } from '../../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import { problemDocument, type Problem } from '../../../libs/platform/problems/problem.js';

const CODES: Readonly<Record<number, status>> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  409: status.ALREADY_EXISTS,
  // As gRPC itself says of a message beyond what it receives.
  413: status.RESOURCE_EXHAUSTED,
  415: status.INVALID_ARGUMENT,
  503: status.UNAVAILABLE,
};

/** How a call ends, as grpc-js takes it. */
export interface CallStatus {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

/**
 * A problem as the end of a call: the code says what a client may do, `grpc-status-details-bin` (google.rpc.Status) holds the
 * problem itself, and RetryInfo where trying again later may do.
 */
export function callStatus(problem: Problem, correlation: string): CallStatus {
  const code = CODES[problem.status] ?? status.INTERNAL;
  const details = [anyPack(ProblemSchema, create(ProblemSchema, problemMessage(problem, correlation)))];
  const metadata = new Metadata();
  const seconds = Number(problem.headers['retry-after']);
  if (seconds > 0) {
    const retryDelay = { seconds: BigInt(seconds) };
    details.push(anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay })));
    // What the retry policy of a stock client goes by.
    metadata.set('grpc-retry-pushback-ms', String(seconds * 1_000));
  }
  const rich = create(StatusSchema, { code, message: problem.detail, details });
  metadata.set('grpc-status-details-bin', Buffer.from(toBinary(StatusSchema, rich)));
  return { code, details: problem.detail, metadata };
}

/** The problem document of the HTTP door, member by member. */
export function problemMessage(problem: Problem, correlation: string): MessageInitShape<typeof ProblemSchema> {
  return problemDocument(problem, correlation);
}
