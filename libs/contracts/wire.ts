import { fromBinary, fromJson, isFieldSet, toBinary, type JsonValue, type Message } from '@bufbuild/protobuf';
import { createValidator, type Violation } from '@bufbuild/protovalidate';
import type { EventContract } from './event-contract.js';

// Rules are compiled once for each type.
const validator = createValidator({ failFast: true });

/** Throws `ContractError` when the bytes or the JSON are not a message of this contract, or break a rule beside its fields. */
export function fromWire(contract: EventContract, data: Uint8Array | JsonValue, lenient = false): Message {
  const message = parse(contract, data, lenient);
  obey(contract, message);
  return message;
}

/** Throws `ContractError` when a message lacks what the contract requires, or breaks a rule beside its fields. */
export function obey(contract: EventContract, message: Message): void {
  const missing = contract.required.find((field) => !isFieldSet(message as never, field as never));
  if (missing) throw new ContractError(`${missing.jsonName} is required`, `/data/${missing.jsonName}`);
  const result = validator.validate(contract.schema, message);
  if (result.kind === 'invalid') throw ruleError(result.violations[0]);
  if (result.kind === 'error') throw result.error;
}

// The library's sentences name the rule ("must match ..."), never the value.
function ruleError(violation: Violation | undefined): ContractError {
  const places = violation?.field.map((part) =>
    'jsonName' in part ? part.jsonName : 'index' in part ? part.index : '',
  );
  const pointer = ['/data', ...(places ?? [])].join('/');
  return new ContractError(
    `${places?.at(-1) ?? 'the data'}: ${violation?.message ?? 'breaks a rule of the contract'}`,
    pointer,
  );
}

export function toBytes(contract: EventContract, message: Message): Uint8Array {
  return toBinary(contract.schema, message);
}

/** The data breaks the contract. The message names the field and the rule, never the value. */
export class ContractError extends Error {
  readonly code = 'contract';
  constructor(
    message: string,
    readonly pointer: string,
  ) {
    super(message);
    this.name = 'ContractError';
  }
}

function parse(contract: EventContract, data: Uint8Array | JsonValue, ignoreUnknownFields: boolean): Message {
  try {
    if (data instanceof Uint8Array) return fromBinary(contract.schema, data);
    return fromJson(contract.schema, data, { ignoreUnknownFields });
  } catch (error) {
    throw fieldError(contract, error);
  }
}

// The library's own message quotes the value ("expected string, got ..."): keep the field, drop the value.
function fieldError(contract: EventContract, error: unknown): ContractError {
  const text = error instanceof Error ? error.message : '';
  const unknown = /key "([A-Za-z0-9_]{1,80})" is unknown/.exec(text)?.[1];
  if (unknown) return new ContractError(`the contract has no field ${unknown}`, `/data/${unknown}`);
  const field = /field [\w.]+\.(\w+)/.exec(text)?.[1];
  const jsonName = contract.schema.fields.find((candidate) => candidate.name === field)?.jsonName ?? field;
  if (jsonName) return new ContractError(`${jsonName} is not of the type the contract says`, `/data/${jsonName}`);
  return new ContractError('the data is not a message of this type', '/data');
}
