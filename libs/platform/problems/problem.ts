/** What went wrong, for whoever sent the request (RFC 9457). Texts are the hub's own: never a value from a message. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** Says which kind of problem it is: `/problems/<code>`. */
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    /** JSON pointer, or the name of a header or query parameter. */
    readonly pointer?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(title);
    this.name = 'Problem';
  }
}

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly pointer?: string;
  readonly correlationId: string;
}

export function problemDocument(problem: Problem, correlationId: string): ProblemDocument {
  const { code, title, status, detail, pointer } = problem;
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail,
    ...(pointer === undefined ? {} : { pointer }),
    correlationId,
  };
}

export const PROBLEM_TYPE = 'application/problem+json';

export const badRequest = (code: string, detail: string, pointer?: string): Problem =>
  new Problem(400, code, 'The request cannot be understood', detail, pointer);

export const forbidden = (code: string, detail: string, pointer?: string): Problem =>
  new Problem(403, code, 'Not allowed', detail, pointer);

/** Not there, or not the caller's: the same answer. */
export const notFound = (): Problem =>
  new Problem(404, 'not-found', 'Not found', 'There is nothing here that you may see.');

export const tooLarge = (detail: string): Problem => new Problem(413, 'too-large', 'Too large', detail);

export const unsupportedType = (detail: string): Problem =>
  new Problem(415, 'unsupported-content-type', 'Unsupported content type', detail, 'Content-Type');

/** Too often from one place: it is told in how many seconds to come again. */
export const tooMany = (detail: string, retryAfterSeconds: number): Problem =>
  new Problem(429, 'too-many-requests', 'Too many requests', detail, undefined, {
    'retry-after': String(retryAfterSeconds),
  });

export const unavailable = (detail: string, retryAfterSeconds: number): Problem =>
  new Problem(503, 'unavailable', 'Not available just now', detail, undefined, {
    'retry-after': String(retryAfterSeconds),
  });
