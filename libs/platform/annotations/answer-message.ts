import { RequestAnsweredSchema } from '../../contracts/gen/hub/record/v1/record_pb.js';
import type { Agency } from '../../kernel/agency.js';
import type { Incoming } from '../../kernel/intake.js';
import { answers, type AnswerName } from './request-book.js';
import { messageOf } from './saying.js';

export interface AnswerSaid {
  readonly request: string;
  readonly stream: string;
  readonly answer: AnswerName;
  readonly text: string;
  /** Of the source. */
  readonly agency: Agency;
  /** RFC 3339. */
  readonly at: string;
}

/** One message a request: the same answer again is the same message, another is refused. */
export function answerMessage({ request, stream, answer, text, agency, at }: AnswerSaid): Incoming {
  return messageOf({
    agency,
    messageId: `answer ${request}`,
    stream,
    schema: RequestAnsweredSchema,
    said: { request, answer: answers[answer], text },
    at,
    correlation: request,
  });
}
