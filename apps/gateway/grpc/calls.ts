import { create } from '@bufbuild/protobuf';
import { Metadata, status, type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';
import {
  PublishRequestSchema,
  PublishResponseSchema,
  TryRequestSchema,
  type PublishResponse,
  type TryResponse,
} from '../../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import { tried } from '../../../libs/adapters/tried.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Incoming, Kept } from '../../../libs/kernel/intake.js';
import { asProblem } from '../../../libs/platform/problems/as-problem.js';
import { correlationIn, CORRELATION_HEADER } from '../../../libs/platform/problems/correlation.js';
import { badRequest } from '../../../libs/platform/problems/problem.js';
import type { TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import type { Logger } from '../../../libs/platform/telemetry/logger.js';
import type { Publisher } from '../../../libs/platform/envelopes/attributes.js';
import { incomingEvent } from '../../../libs/platform/envelopes/event.js';
import { sized } from '../../../libs/platform/envelopes/limits.js';
import { admitted } from '../doors/admission.js';
import { delivered, deliveryIn } from '../doors/delivered.js';
import { receiptAnswer } from '../receipts/receipt-answer.js';
import { callStatus, type CallStatus } from './grpc-status.js';
import { protoEvent } from './proto-event.js';
import { PublishStream, type StreamCall } from './publish-stream.js';
import { triedAnswer } from './tried-answer.js';

export interface CallParts {
  readonly verifier: TokenVerifier;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly keep: (messages: readonly Incoming[]) => Promise<Kept[]>;
}

type One<Answer> = ServerReadableStream<Buffer, Answer>;
type Call = One<PublishResponse> | One<TryResponse> | StreamCall;

/** What one call was, for the log line that each gets. */
interface Visit {
  readonly call: Call;
  readonly correlation: string;
  readonly began: number;
  system?: string;
}

/** The calls of the service: who calls is known before a byte of a message is read. */
export class Calls {
  readonly #stopping = new AbortController();
  readonly #inHand = new Set<Promise<void>>();

  constructor(private readonly parts: CallParts) {}

  /** Answers what is in hand, reads no more, and resolves when every call has its status. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#inHand);
  }

  // To HTTP/2 one message is a stream of one: read as a stream, the token is looked at before the message.
  readonly publish = (call: One<PublishResponse>, respond: sendUnaryData<PublishResponse>) => {
    this.#begin(
      call,
      async (visit) => {
        const [kept] = await this.parts.keep([await this.#incoming(call, visit, PublishRequestSchema)]);
        respond(null, create(PublishResponseSchema, { receipt: receiptAnswer(kept) }));
      },
      respond,
    );
  };

  /** The sandbox: the same admission and checks, and nothing is kept. */
  readonly try = (call: One<TryResponse>, respond: sendUnaryData<TryResponse>) => {
    this.#begin(
      call,
      async (visit) => {
        const message = await this.#incoming(call, visit, TryRequestSchema);
        respond(null, triedAnswer(tried(message, new Date(this.parts.clock.now()).toISOString())));
      },
      respond,
    );
  };

  readonly publishStream = (call: StreamCall) => {
    const fail = (failed: CallStatus): void =>
      void call.emit('error', Object.assign(new Error(failed.details), failed));
    this.#begin(
      call,
      async (visit) => {
        const publisher = await this.#admit(visit);
        await new PublishStream(call, {
          publisher,
          delivery: deliveryIn(call.metadata.getMap()),
          correlation: visit.correlation,
          keep: this.parts.keep,
          readmit: () => this.#admit(visit),
          stopping: this.#stopping.signal,
        }).run();
        call.end();
      },
      fail,
    );
  };

  #begin(call: Call, work: (visit: Visit) => Promise<void>, fail: (failed: CallStatus) => void): void {
    const visit = { call, correlation: correlationIn(call.metadata.getMap()), began: performance.now() };
    const header = new Metadata();
    header.set(CORRELATION_HEADER, visit.correlation);
    call.sendMetadata(header);
    const done = this.#run(visit, work, fail).finally(() => this.#inHand.delete(done));
    this.#inHand.add(done);
  }

  async #run(visit: Visit, work: (visit: Visit) => Promise<void>, fail: (failed: CallStatus) => void): Promise<void> {
    try {
      await work(visit);
      this.#log(visit, status.OK);
    } catch (error) {
      if (visit.call.cancelled) {
        this.#log(visit, status.CANCELLED);
        return;
      }
      const problem = asProblem(error);
      const failed = callStatus(problem, visit.correlation);
      if (problem.status >= 500) {
        const { correlation } = visit;
        this.parts.logger.error({ err: error, correlation, code: problem.code }, 'could not answer');
      }
      fail(failed);
      this.#log(visit, failed.code);
    }
  }

  async #incoming(
    call: One<PublishResponse> | One<TryResponse>,
    visit: Visit,
    schema: typeof PublishRequestSchema | typeof TryRequestSchema,
  ): Promise<Incoming> {
    const publisher = await this.#admit(visit);
    const bytes = await only(call);
    sized(bytes);
    const event = incomingEvent(protoEvent(bytes, schema, publisher), publisher, visit.correlation);
    return delivered(event, deliveryIn(call.metadata.getMap()));
  }

  #admit(visit: Visit): Publisher | Promise<Publisher> {
    const [authorization] = visit.call.metadata.get('authorization');
    const outcome = admitted(authorization?.toString(), ['publish'], this.parts.verifier);
    const named = (publisher: Publisher): Publisher => {
      visit.system = publisher.system;
      return publisher;
    };
    return outcome instanceof Promise ? outcome.then(named) : named(outcome);
  }

  #log({ call, correlation, began, system }: Visit, code: status): void {
    const ms = Math.round((performance.now() - began) * 10) / 10;
    const level = code === status.OK ? 'debug' : 'info';
    this.parts.logger[level]({ correlation, route: call.getPath(), status: status[code], ms, system });
  }
}

async function only(call: One<PublishResponse> | One<TryResponse>): Promise<Buffer> {
  let first: Buffer | undefined;
  for await (const bytes of call as AsyncIterable<Buffer>) {
    if (first !== undefined) throw badRequest('malformed', 'One call takes one event; PublishStream takes many.');
    first = bytes;
  }
  if (first === undefined) throw badRequest('empty-body', 'The message holds no event.');
  return first;
}
