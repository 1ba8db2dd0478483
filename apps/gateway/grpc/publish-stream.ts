import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import {
  PublishStreamRequestSchema,
  PublishStreamResponseSchema,
  type PublishStreamResponse,
} from '../../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import type { Incoming, Kept } from '../../../libs/kernel/intake.js';
import { Problem, unavailable } from '../../../libs/platform/problems/problem.js';
import type { Publisher } from '../../../libs/platform/envelopes/attributes.js';
import { incomingEvent } from '../../../libs/platform/envelopes/event.js';
import { BODY_LIMIT, BATCH_LIMIT, sized } from '../../../libs/platform/envelopes/limits.js';
import { delivered, type DeliveryAttributes } from '../doors/delivered.js';
import { orProblem } from '../doors/or-problem.js';
import { receiptAnswer } from '../receipts/receipt-answer.js';
import { problemMessage } from './grpc-status.js';
import { protoEvent } from './proto-event.js';

export type StreamCall = ServerDuplexStream<Buffer, PublishStreamResponse>;

export interface StreamSettings {
  readonly publisher: Publisher;
  readonly delivery: DeliveryAttributes;
  readonly correlation: string;
  readonly keep: (messages: readonly Incoming[]) => Promise<Kept[]>;
  /** Rejects or throws when the caller's token does no longer: a stream may outlive it. */
  readonly readmit: () => unknown;
  /** Aborts when the hub stops: nothing more is read, what was read is answered. */
  readonly stopping: AbortSignal;
}

interface Read {
  readonly item: Incoming | Problem;
  readonly bytes: number;
}

/**
 * One stream of events. While some are being kept the next are read, and all of these are kept together. No more is in
 * hand than a batch may hold: beyond, nothing is read, and HTTP/2 holds the sender back; likewise when it does not read its answers.
 */
export class PublishStream {
  #read: Read[] = [];
  #inHand = 0;
  #bytes = 0;
  #answered = 0n;
  #ended = false;
  #fault: Error | undefined;
  #wake = (): void => undefined;
  #written = (): void => undefined;
  readonly #gone = new AbortController();

  constructor(
    private readonly call: StreamCall,
    private readonly settings: StreamSettings,
  ) {}

  get answered(): bigint {
    return this.#answered;
  }

  /** Resolves when everything sent is answered, or the caller has gone. Rejects when the stream cannot go on. */
  async run(): Promise<void> {
    const { call, settings } = this;
    const wake = (): void => this.#wake();
    call.on('data', (bytes: Buffer) => this.#take(bytes));
    call.on('end', () => {
      this.#ended = true;
      wake();
    });
    call.on('cancelled', () => {
      this.#gone.abort();
      this.#written();
      wake();
    });
    settings.stopping.addEventListener('abort', wake, { signal: this.#gone.signal });
    try {
      for (;;) {
        if (this.#gone.signal.aborted) return;
        if (this.#read.length > 0) await this.#answer(this.#read.splice(0));
        else if (this.#fault !== undefined) throw this.#fault;
        else if (this.#ended) return;
        else if (settings.stopping.aborted) throw stops();
        else await this.#more();
      }
    } finally {
      call.pause();
      this.#gone.abort();
    }
  }

  async #more(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    await promise;
  }

  #take(bytes: Buffer): void {
    const { publisher, correlation, delivery, stopping } = this.settings;
    if (stopping.aborted || this.#fault !== undefined) return;
    try {
      const item = orProblem(() => {
        sized(bytes);
        const event = protoEvent(bytes, PublishStreamRequestSchema, publisher);
        return delivered(incomingEvent(event, publisher, correlation), delivery);
      });
      this.#read.push({ item, bytes: bytes.length });
      this.#inHand += 1;
      this.#bytes += bytes.length;
      if (this.#full) this.call.pause();
    } catch (error) {
      this.#fault = error as Error;
    }
    this.#wake();
  }

  get #full(): boolean {
    return this.#inHand >= BATCH_LIMIT || this.#bytes >= BODY_LIMIT;
  }

  async #answer(read: readonly Read[]): Promise<void> {
    const { settings, call } = this;
    await settings.readmit();
    const good = read.flatMap(({ item }) => (item instanceof Problem ? [] : [item]));
    const kept = (good.length === 0 ? [] : await settings.keep(good)).values();
    const results = read.map(({ item }) => {
      const answer = item instanceof Problem ? item : orProblem(() => receiptAnswer(kept.next().value));
      const position = this.#answered++;
      return answer instanceof Problem
        ? { position, outcome: { case: 'problem' as const, value: problemMessage(answer, settings.correlation) } }
        : { position, outcome: { case: 'receipt' as const, value: answer } };
    });
    if (!this.#gone.signal.aborted) await this.#write({ results });
    this.#inHand -= read.length;
    this.#bytes -= read.reduce((sum, { bytes }) => sum + bytes, 0);
    if (!this.#full) call.resume();
  }

  // Who has gone reads no answers: what was kept has its receipt, and is found when it is sent again.
  async #write(answer: MessageInitShape<typeof PublishStreamResponseSchema>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#written = resolve;
    this.call.write(create(PublishStreamResponseSchema, answer), () => resolve());
    await promise;
  }
}

function stops(): Problem {
  return unavailable('The hub is stopping. Whatever has no receipt yet may be sent again.', 1);
}
