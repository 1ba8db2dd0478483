import type { FastifyRequest } from 'fastify';
import type { Incoming } from '../../../libs/kernel/intake.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import {
  Problem,
  problemDocument,
  tooLarge,
  unsupportedType,
  type ProblemDocument,
} from '../../../libs/platform/problems/problem.js';
import { delivered, deliveryIn } from '../doors/delivered.js';
import { entryOf } from '../doors/doors.js';
import { orProblem } from '../doors/or-problem.js';
import { binaryEvent, isBinary } from './binary.js';
import { incomingEvent, mediaType, type ReceivedEvent } from '../../../libs/platform/envelopes/event.js';
import { BATCH_LIMIT, sized } from '../../../libs/platform/envelopes/limits.js';
import {
  BATCH,
  batchItems,
  eventIn,
  STRUCTURED,
  structuredEvent,
} from '../../../libs/platform/envelopes/structured.js';

/** The events of a request: the one it holds, or those of a batch, with what is wrong with each. */
export interface EventsIn {
  readonly batch: boolean;
  readonly items: readonly (Incoming | Problem)[];
}

/** What is answered for an item, or what is wrong with it. */
export type ItemAnswer<T> = T | { readonly problem: ProblemDocument };

/** Reads the envelopes in any of the three modes, and nothing more. Throws `Problem`, of a batch only for what fails whole. */
export function eventsIn(request: FastifyRequest): EventsIn {
  const { publisher, contentType } = entryOf(request);
  const correlation = correlationOf(request);
  const body = request.body as Buffer;
  const type = mediaType(contentType);
  const delivery = deliveryIn(request.headers);
  const taken = (event: ReceivedEvent): Incoming => delivered(incomingEvent(event, publisher, correlation), delivery);
  if (type !== BATCH) {
    const event =
      sized(body) && type === STRUCTURED
        ? structuredEvent(body, publisher)
        : binaryEvent(inBinaryMode(request, type), contentType, body, publisher);
    return { batch: false, items: [taken(event)] };
  }
  const items = batchItems(body);
  if (items.length > BATCH_LIMIT) throw tooLarge(`A batch has at most ${BATCH_LIMIT} events.`);
  const read = items.map(({ bytes, value }, at) =>
    orProblem(() => sized(bytes) && taken(eventIn(bytes, value, publisher, `/${at}`))),
  );
  return { batch: true, items: read };
}

/** The answer to each item of a batch, in order; `answer` is asked for the good ones only. */
export function itemAnswers<T>(
  items: EventsIn['items'],
  correlation: string,
  answer: (item: Incoming) => T,
): ItemAnswer<T>[] {
  return items.map((item, at) => {
    const answered = item instanceof Problem ? item : orProblem(() => answer(item));
    return answered instanceof Problem ? { problem: problemDocument(placed(answered, at), correlation) } : answered;
  });
}

export function hasProblem(answers: readonly ItemAnswer<object>[]): boolean {
  return answers.some((answer) => 'problem' in answer);
}

function inBinaryMode(request: FastifyRequest, type: string): FastifyRequest['raw'] {
  if (type.startsWith('application/cloudevents') || !isBinary(request.raw)) {
    throw unsupportedType(`Send ${STRUCTURED}, ${BATCH}, or binary mode with ce-* headers.`);
  }
  return request.raw;
}

/** Every problem of a batch says which item it is about. */
function placed(problem: Problem, at: number): Problem {
  const { status, code, title, detail, pointer = '' } = problem;
  const here = pointer === `/${at}` || pointer.startsWith(`/${at}/`);
  return new Problem(status, code, title, detail, here ? pointer : `/${at}${pointer}`);
}
