import {
  create,
  fromBinary,
  fromJson,
  getOption,
  hasOption,
  isFieldSet,
  toBinary,
  toJson,
  type DescField,
  type DescFile,
  type DescMessage,
  type JsonObject,
  type JsonValue,
  type Message,
  type MessageInitShape,
} from '@bufbuild/protobuf';
import { createValidator, type Violation } from '@bufbuild/protovalidate';
import { isAgency, type Agency } from '../kernel/agency.js';
import { field as fieldRules } from './gen/buf/validate/validate_pb.js';
import { file_hub_court_v1_court } from './gen/hub/court/v1/court_pb.js';
import { file_hub_education_v1_education } from './gen/hub/education/v1/education_pb.js';
import { file_hub_education_v1_exploitation } from './gen/hub/education/v1/exploitation_pb.js';
import { file_hub_health_v1_health } from './gen/hub/health/v1/health_pb.js';
import { event as eventOption } from './gen/hub/options/v1/options_pb.js';
import { file_hub_police_v1_missing } from './gen/hub/police/v1/missing_pb.js';
import { file_hub_police_v1_police } from './gen/hub/police/v1/police_pb.js';
import { file_hub_police_v1_safeguarding } from './gen/hub/police/v1/safeguarding_pb.js';
import { file_hub_probation_v1_probation } from './gen/hub/probation/v1/probation_pb.js';
import { file_hub_record_v1_record } from './gen/hub/record/v1/record_pb.js';
import { file_hub_secure_estate_v1_secure_estate } from './gen/hub/secure_estate/v1/secure_estate_pb.js';
import { file_hub_social_care_v1_exploitation } from './gen/hub/social_care/v1/exploitation_pb.js';
import { file_hub_social_care_v1_missing } from './gen/hub/social_care/v1/missing_pb.js';
import { file_hub_social_care_v1_safeguarding } from './gen/hub/social_care/v1/safeguarding_pb.js';
import { file_hub_social_care_v1_social_care } from './gen/hub/social_care/v1/social_care_pb.js';
import { file_hub_yos_v1_missing_and_exploitation } from './gen/hub/yos/v1/missing_and_exploitation_pb.js';
import { file_hub_yos_v1_yos } from './gen/hub/yos/v1/yos_pb.js';

const files: readonly DescFile[] = [
  file_hub_court_v1_court,
  file_hub_education_v1_education,
  file_hub_education_v1_exploitation,
  file_hub_health_v1_health,
  file_hub_police_v1_missing,
  file_hub_police_v1_police,
  file_hub_police_v1_safeguarding,
  file_hub_probation_v1_probation,
  file_hub_secure_estate_v1_secure_estate,
  file_hub_social_care_v1_exploitation,
  file_hub_social_care_v1_missing,
  file_hub_social_care_v1_safeguarding,
  file_hub_social_care_v1_social_care,
  file_hub_yos_v1_yos,
  file_hub_yos_v1_missing_and_exploitation,
  file_hub_record_v1_record,
];

/** The catalogue entry of one canonical event: all of it is declared in `proto/`, beside the fields. */
export interface EventContract {
  /** `hub.<agency>.v1.<Fact>`. */
  readonly type: string;
  /** Absent of what the hub's own users say: that is no agency's to publish. */
  readonly agency?: Agency;
  readonly title: string;
  /** Data category: what disclosure decides on. */
  readonly category: string;
  /** Handling that travels with the event by default; '' when none. */
  readonly handling: string;
  /** Proto names of the fields that make up the fact key; empty: the time it happened does. */
  readonly key: readonly string[];
  /** A whole record as observed at one time: recorded, and not an entry of a timeline. What it changed is. */
  readonly snapshot: boolean;
  /** Fields without which it says nothing. Read once: an option is decoded anew each time it is asked for. */
  readonly required: readonly DescField[];
  readonly schema: DescMessage;
}

export const catalogue: ReadonlyMap<string, EventContract> = new Map(
  files.flatMap((file) => file.messages.filter((schema) => hasOption(schema, eventOption)).map(contract)),
);

/** A partner may write the agency as it is named elsewhere (`social-care`); the contract's package has an underscore. */
export function canonicalType(type: string): string {
  return type.replace(/^hub\.([a-z]+)-([a-z]+)\./, 'hub.$1_$2.');
}

/** True for what the hub itself writes into a record's stream: no partner publishes it. */
export function ofTheHub(type: string): boolean {
  return type.startsWith(`${file_hub_record_v1_record.proto.package}.`);
}

/** The agency named in a canonical type, known or not; undefined when it names none. */
export function agencyOfType(type: string): Agency | undefined {
  const name = /^hub\.([a-z_]+)\.v\d+\./.exec(canonicalType(type))?.[1]?.replace('_', '-');
  return name !== undefined && isAgency(name) ? name : undefined;
}

// Rules are compiled once for each type.
const validator = createValidator({ failFast: true });

/** Throws `ContractError` when the bytes or the JSON are not a message of this contract, or break a rule beside its fields. */
export function fromWire(contract: EventContract, data: Uint8Array | JsonValue, lenient = false): Message {
  const message = parse(contract, data, lenient);
  const missing = contract.required.find((field) => !isFieldSet(message as never, field as never));
  if (missing) throw new ContractError(`${missing.jsonName} is required`, `/data/${missing.jsonName}`);
  const result = validator.validate(contract.schema, message);
  if (result.kind === 'invalid') throw ruleError(result.violations[0]);
  if (result.kind === 'error') throw result.error;
  return message;
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

/** Canonical bytes of an event made by the hub itself (adapters, simulations). */
export function encode<Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>): Uint8Array {
  return toBinary(schema, create(schema, init));
}

/** Reads canonical bytes; undefined when the type is unknown to this version, or the bytes are not that type. */
export function decode(type: string, data: Uint8Array): JsonObject | undefined {
  const known = catalogue.get(type);
  if (!known) return undefined;
  try {
    return toJson(known.schema, fromBinary(known.schema, data)) as JsonObject;
  } catch {
    return undefined;
  }
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

function contract(schema: DescMessage): [string, EventContract] {
  const { title, category, handling, key, snapshot } = getOption(schema, eventOption);
  const required = schema.fields.filter((field) => getOption(field, fieldRules).required);
  const agency = agencyOfType(schema.typeName);
  if (!agency && !ofTheHub(schema.typeName)) throw new Error(`${schema.typeName} is not in the package of an agency`);
  return [
    schema.typeName,
    {
      type: schema.typeName,
      title,
      category,
      handling,
      key,
      snapshot,
      required,
      schema,
      ...(agency ? { agency } : {}),
    },
  ];
}
