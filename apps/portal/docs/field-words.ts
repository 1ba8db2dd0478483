import type { JsonObject, JsonValue } from '@bufbuild/protobuf';

/** A field's type and rules in words, from its JSON Schema. */
export interface FieldWords {
  readonly type: string;
  /** The message it is made of, by the id of its table. */
  readonly of?: { readonly id: string; readonly name: string };
  readonly rules: readonly string[];
  readonly pattern?: string;
  readonly codes: readonly { readonly value: string; readonly meaning: string }[];
}

/** Of the property `name` of an object's schema. */
export function fieldWords(schema: JsonObject, name: string): FieldWords {
  const field = objectAt(objectAt(schema, 'properties'), name);
  const items = objectAt(field, field['type'] === 'array' ? 'items' : 'additionalProperties');
  const inner = Object.keys(items).length === 0 ? field : items;
  const reference = referenceIn(field) ?? referenceIn(items);
  const pattern = textAt(inner, 'pattern');
  return {
    type: typeWords(field, inner, reference),
    ...(reference === undefined ? {} : { of: { id: reference.replaceAll('.', '-'), name: lastOf(reference) } }),
    rules: [...rulesOf(field), ...(inner === field ? [] : rulesOf(inner))],
    ...(pattern === undefined ? {} : { pattern: pattern.replace(/^\^\$\|\(\?:(.*)\)$/, '$1') }),
    codes: Object.entries(objectAt(inner, 'x-meanings')).map(([value, meaning]) => ({
      value,
      meaning: typeof meaning === 'string' ? meaning : '',
    })),
  };
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
};

function typeWords(field: JsonObject, inner: JsonObject, reference: string | undefined): string {
  const one = reference === undefined ? (inner['enum'] ? 'code' : (names[textAt(inner, 'type') ?? ''] ?? 'value')) : '';
  if (field['type'] === 'array') return `list of ${one}`.trim();
  return field['type'] === 'object' ? `names, each with a ${one}` : one;
}

const limits: Readonly<Record<string, (limit: string) => string>> = {
  maxLength: (limit) => `at most ${limit} characters`,
  maxItems: (limit) => `at most ${limit}`,
  minItems: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  minimum: (limit) => `at least ${limit}`,
  format: (format) => `written as ${format}`,
};

function rulesOf(schema: JsonObject): string[] {
  return Object.entries(limits).flatMap(([keyword, say]) => {
    const limit = schema[keyword];
    return typeof limit === 'number' || typeof limit === 'string' ? [say(String(limit))] : [];
  });
}

function referenceIn(schema: JsonObject): string | undefined {
  const { allOf } = schema;
  const [first] = Array.isArray(allOf) ? allOf : [];
  return textAt(schema, '$ref') ?? (isObject(first) ? textAt(first, '$ref') : undefined);
}

const lastOf = (reference: string): string => reference.split('.').at(-1) ?? reference;

function textAt(schema: JsonObject, name: string): string | undefined {
  const value = schema[name];
  return typeof value === 'string' ? value : undefined;
}

function objectAt(schema: JsonObject, name: string): JsonObject {
  const value = schema[name];
  return isObject(value) ? value : {};
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
