import { create, fromJson, toBinary } from '@bufbuild/protobuf';
import type { Tried, TriedFact } from '../../../libs/adapters/tried.js';
import { catalogue } from '../../../libs/contracts/catalogue.js';
import {
  TriedFactSchema,
  TryResponseSchema,
  type TriedFact as ProtoFact,
  type TryResponse,
} from '../../../libs/contracts/gen/hub/publish/v1/publish_pb.js';

/** What the sandbox says of an event, in the words of this door. */
export function triedAnswer({ messageId, status, outcomes, facts, fields }: Tried): TryResponse {
  return create(TryResponseSchema, {
    messageId,
    status,
    outcomes: outcomes.map(({ fact = '', outcome, reason = '', detail = '', pointer = '' }) => {
      return { fact, outcome, reason, detail, pointer };
    }),
    facts: facts.map(factAnswer),
    fields: [...fields],
  });
}

function factAnswer({ type, record, occurred, statedAt, handling = '', pointer = '', data }: TriedFact): ProtoFact {
  const { schema } = catalogue.get(type) ?? {};
  const value = schema && data && toBinary(schema, fromJson(schema, data));
  return create(TriedFactSchema, {
    ...{ type, record, occurred: occurred.at, statedAt, handling, pointer },
    ...(value && schema ? { data: { typeUrl: `type.googleapis.com/${schema.typeName}`, value } } : {}),
  });
}
