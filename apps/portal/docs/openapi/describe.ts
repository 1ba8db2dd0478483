import type { JsonObject, JsonValue } from '@bufbuild/protobuf';

/** One HTTP call, as short as it can be said. */
export interface Call {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Any one of these scopes of a bearer token; none: open to everybody. */
  readonly scopes?: readonly ('publish' | 'read')[];
  readonly parameters?: readonly JsonObject[];
  readonly body?: JsonObject;
  /** Status → answer, of what succeeds. */
  readonly answers: Readonly<Record<string, JsonObject>>;
  /** Statuses of refusals: problem documents. */
  readonly refused?: readonly Refusal[];
}

export type Refusal = keyof typeof refusals;

const refusals = {
  400: 'The request cannot be understood: `pointer` names the field, header or parameter. Nothing was kept.',
  401: 'No token, or one that is not good (any more).',
  403: 'The caller may not do this, or not for this purpose.',
  404: 'Not there, or not the caller’s to see: the same answer.',
  409: 'Other content under the same id, or answered before: the first stays.',
  413: 'Too large.',
  415: 'The content type, or an encoding, is not one this door takes.',
  500: 'A fault of the hub: quote the correlation id.',
  503: 'Not available just now. Nothing of the request was kept: send it again after `Retry-After` seconds.',
} as const;

const correlation = {
  'X-Correlation-Id': { description: 'In the hub’s log too.', schema: { type: 'string', format: 'uuid' } },
};

/** The operation object of a call (OpenAPI 3.1). */
export function operation(call: Call): JsonObject {
  const { id, tag, summary, description, scopes = [], parameters, body, answers, refused = [] } = call;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: scopes.map((scope) => ({ hub: [scope] })),
    ...(parameters ? { parameters: [...parameters] } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: {
      ...answers,
      ...Object.fromEntries(refused.map((status) => [String(status), { $ref: `#/components/responses/${status}` }])),
    },
  };
}

/** Every refusal as a component, by its status. */
export function refusalResponses(): JsonObject {
  const entries = Object.entries(refusals).map(([status, description]): [string, JsonObject] => [
    status,
    {
      description,
      headers: {
        ...correlation,
        ...(status === '503' ? { 'Retry-After': { description: 'Seconds.', schema: { type: 'string' } } } : {}),
      },
      content: { 'application/problem+json': { schema: ref('Problem') } },
    },
  ]);
  return Object.fromEntries(entries);
}

export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

export function json(description: string, schema: JsonObject, example?: JsonValue): JsonObject {
  return {
    description,
    headers: correlation,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  };
}

export function inQuery(name: string, schema: JsonObject, description: string): JsonObject {
  return { name, in: 'query', required: false, schema, description };
}

/** An object whose listed members are all that is certain about it; `optional` ones may be missing. */
export function object(properties: JsonObject, optional: readonly string[] = []): JsonObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

export const text: JsonObject = { type: 'string' };
export const uuid: JsonObject = { type: 'string', format: 'uuid' };
export const instant: JsonObject = { type: 'string', format: 'date-time' };
export const listOf = (items: JsonObject): JsonObject => ({ type: 'array', items });
export const oneOf = (values: readonly string[]): JsonObject => ({ type: 'string', enum: [...values] });
