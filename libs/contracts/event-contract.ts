import { getOption, hasOption, type DescField, type DescMessage } from '@bufbuild/protobuf';
import type { Agency } from '../kernel/agency.js';
import { field as fieldRules } from './gen/buf/validate/validate_pb.js';
import { event as eventOption } from './gen/hub/options/v1/options_pb.js';
import { retentionOf, type RetentionClass } from './retention.js';

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
  /** How long it is kept: the event's own class, or its category's. */
  readonly retention: RetentionClass;
  /** Fields without which it says nothing. Read once: an option is decoded anew each time it is asked for. */
  readonly required: readonly DescField[];
  readonly schema: DescMessage;
}

/** True of a message that is an event, and not a part of one. */
export function isEvent(schema: DescMessage): boolean {
  return hasOption(schema, eventOption);
}

/** What `proto/` says of an event. Throws when it has a category for which there is no rule how long it is kept. */
export function eventContract(schema: DescMessage, agency: Agency | undefined): EventContract {
  const { title, category, handling, key, snapshot, retention } = getOption(schema, eventOption);
  const required = schema.fields.filter((field) => getOption(field, fieldRules).required);
  const kept = retentionOf(retention, category);
  if (!kept) throw new Error(`${schema.typeName}: nothing says how long the category ${category} is kept`);
  return {
    type: schema.typeName,
    title,
    category,
    handling,
    key,
    snapshot,
    retention: kept,
    required,
    schema,
    ...(agency ? { agency } : {}),
  };
}
