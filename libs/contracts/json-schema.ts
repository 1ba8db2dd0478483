import {
  getOption,
  ScalarType,
  type DescEnum,
  type DescField,
  type DescMessage,
  type JsonObject,
  type JsonValue,
} from '@bufbuild/protobuf';
import { field as fieldRules, Ignore, type FieldRules, type StringRules } from './gen/buf/validate/validate_pb.js';

/** What `proto/` says of a message, a field (`package.Message.field_name`) or an enum value; '' for nothing. */
export type Meanings = (name: string) => string;

/**
 * JSON Schema (draft 2020-12, and draft 07 alike) of the protobuf JSON mapping of a message and of all it is made of, by type
 * name; `at` is where references find them. It says what the rules beside the fields say; a rule in CEL is in words only.
 */
export function schemasOf(message: DescMessage, meaning: Meanings, at: string): Record<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const visit = (desc: DescMessage): void => {
    if (found.has(desc.typeName)) return;
    found.set(desc.typeName, {});
    found.set(desc.typeName, messageSchema(desc, meaning, at));
    for (const { message: part } of desc.fields) if (part) visit(part);
  };
  visit(message);
  return Object.fromEntries(found);
}

function messageSchema(desc: DescMessage, meaning: Meanings, at: string): JsonObject {
  const required = desc.fields.filter(isRequired).map(({ jsonName }) => jsonName);
  return {
    type: 'object',
    ...described(meaning(desc.typeName)),
    properties: Object.fromEntries(
      desc.fields.map((field) => [field.jsonName, fieldSchema(field, meaning(nameOf(field)), meaning, at)]),
    ),
    ...(required.length === 0 ? {} : { required }),
    // A newer publisher may say more: the hub records the event, and says in the receipt what it did not take up.
    additionalProperties: true,
  };
}

/** `package.Message.field_name`: how a field is named among the meanings. */
export function nameOf(field: DescField): string {
  return `${field.parent.typeName}.${field.name}`;
}

/** True when JSON without the field breaks a rule: it is required, or its being empty is against its own pattern. */
export function isRequired(field: DescField): boolean {
  const rules = getOption(field, fieldRules);
  if (rules.required) return true;
  const { type } = rules;
  if (rules.ignore !== Ignore.UNSPECIFIED || field.fieldKind !== 'scalar' || type.case !== 'string') return false;
  return Number(type.value.minLen) > 0 || (type.value.pattern !== '' && !new RegExp(type.value.pattern, 'u').test(''));
}

function fieldSchema(field: DescField, text: string, meaning: Meanings, at: string): JsonObject {
  const rules = getOption(field, fieldRules);
  switch (field.fieldKind) {
    case 'list': {
      const { value } = rules.type.case === 'repeated' ? rules.type : { value: undefined };
      return {
        type: 'array',
        ...described(text),
        items: itemSchema(field, meaning, at),
        ...(rules.required ? { minItems: 1 } : {}),
        ...positive('minItems', value?.minItems),
        ...positive('maxItems', value?.maxItems),
        ...(value?.unique ? { uniqueItems: true } : {}),
      };
    }
    case 'map':
      return { type: 'object', ...described(text), additionalProperties: itemSchema(field, meaning, at) };
    case 'message':
      return { allOf: [{ $ref: `${at}${field.message.typeName}` }], ...described(text) };
    case 'enum':
      return { ...enumSchema(field.enum, meaning, rules.required), ...described(text) };
    case 'scalar':
      return { ...scalarSchema(field.scalar, rules), ...described(text) };
  }
}

function itemSchema(field: DescField & { fieldKind: 'list' | 'map' }, meaning: Meanings, at: string): JsonObject {
  if (field.message) return { $ref: `${at}${field.message.typeName}` };
  if (field.enum) return enumSchema(field.enum, meaning, false);
  return field.scalar === undefined ? {} : scalarSchema(field.scalar, undefined);
}

// Where a value is required, unspecified is none.
function enumSchema(desc: DescEnum, meaning: Meanings, required: boolean): JsonObject {
  const values = desc.values.filter(({ number }) => !required || number !== 0);
  return {
    type: 'string',
    enum: values.map(({ name }) => name),
    'x-meanings': Object.fromEntries(values.map(({ name }) => [name, meaning(`${desc.typeName}.${name}`)])),
  };
}

function scalarSchema(scalar: ScalarType, rules: FieldRules | undefined): JsonObject {
  switch (scalar) {
    case ScalarType.BOOL:
      return { type: 'boolean' };
    case ScalarType.BYTES:
      return { type: 'string', contentEncoding: 'base64' };
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return { type: 'number', ...bounds(rules) };
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
    case ScalarType.SINT64:
      return { type: 'string', pattern: '^-?[0-9]{1,20}$' };
    case ScalarType.STRING:
      return { type: 'string', ...(rules?.type.case === 'string' ? textRules(rules.type.value, rules) : {}) };
    default:
      return { type: 'integer', ...bounds(rules) };
  }
}

function textRules(text: StringRules, { required, ignore }: FieldRules): JsonObject {
  // Left out and empty are the same to protobuf: where a rule is not for an empty text, neither is its pattern.
  const mayBeEmpty = ignore !== Ignore.UNSPECIFIED;
  const minimum = text.minLen > 0n ? text.minLen : required ? 1n : 0n;
  return {
    ...(mayBeEmpty ? {} : positive('minLength', minimum)),
    ...positive('maxLength', text.maxLen),
    ...(text.pattern === '' ? {} : { pattern: mayBeEmpty ? `^$|(?:${text.pattern})` : text.pattern }),
    ...(text.in.length === 0 ? {} : { enum: mayBeEmpty ? ['', ...text.in] : [...text.in] }),
    ...(text.wellKnown.case === 'email' || text.wellKnown.case === 'uuid' ? { format: text.wellKnown.case } : {}),
  };
}

function bounds(rules: FieldRules | undefined): JsonObject {
  const value = rules?.type.value;
  if (typeof value !== 'object' || !('lessThan' in value) || !('greaterThan' in value)) return {};
  const { lessThan, greaterThan } = value;
  return {
    ...(lessThan.case === 'lte' ? { maximum: Number(lessThan.value) } : {}),
    ...(lessThan.case === 'lt' ? { exclusiveMaximum: Number(lessThan.value) } : {}),
    ...(greaterThan.case === 'gte' ? { minimum: Number(greaterThan.value) } : {}),
    ...(greaterThan.case === 'gt' ? { exclusiveMinimum: Number(greaterThan.value) } : {}),
  };
}

function positive(keyword: string, limit: bigint | undefined): JsonObject {
  return limit === undefined || limit === 0n ? {} : { [keyword]: Number(limit) };
}

function described(text: string): Record<string, JsonValue> {
  return text === '' ? {} : { description: text };
}
