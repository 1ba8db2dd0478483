import { create, toJson, type DescMessage, type JsonObject, type MessageInitShape } from '@bufbuild/protobuf';
import { agencyOfType, catalogue } from '../../contracts/catalogue.js';
import type { ChildNow, Derived, HeldFact, Reacting } from '../../kernel/capability.js';
import type { Agency } from '../../kernel/agency.js';
import type { Rules } from '../../kernel/rules.js';
import { startOfDayLondon, isDay } from '../../kernel/london.js';

/** How a fact came about, where it is not the usual way. Times are RFC 3339. */
interface Came {
  /** When the hub received it; the time it happened unless said. */
  readonly received?: string;
  /** When its source said so; as `received` unless said. */
  readonly stated?: string;
  readonly corrected?: boolean;
  readonly history?: boolean;
  /** Whose user said it, of what the hub's own users say. */
  readonly by?: Agency;
}

/** A fact that stands: `fact(MissingReportedSchema, '2026-05-01T21:40:00Z', { reportReference: 'MR-1' })`. A day is a fact of that day. */
export function fact<Desc extends DescMessage>(
  schema: Desc,
  at: string,
  said: MessageInitShape<Desc>,
  { received, stated, corrected = false, history = false, by }: Came = {},
): HeldFact {
  const agency = agencyOfType(schema.typeName) ?? by;
  const contract = catalogue.get(schema.typeName);
  if (!agency || !contract) throw new TypeError(`${schema.typeName} is no event of an agency`);
  const content = toJson(schema, create(schema, said)) as JsonObject;
  const occurredAt = isDay(at) ? startOfDayLondon(at) : new Date(at).toISOString();
  const key = contract.key.map((name) =>
    JSON.stringify(content[schema.fields.find((field) => field.name === name)?.jsonName ?? name]),
  );
  const name = [schema.typeName, ...(key.length > 0 ? key : [occurredAt])].join(' ');
  const receivedAt = new Date(received ?? occurredAt).toISOString();
  return {
    event: `event ${name} ${JSON.stringify(content)}`,
    fact: name,
    type: schema.typeName,
    record: `record of ${agency}`,
    agency,
    system: agency,
    category: contract.category,
    handling: contract.handling,
    occurredAt,
    precision: isDay(at) ? 'date' : 'instant',
    statedAt: new Date(stated ?? receivedAt).toISOString(),
    receivedAt,
    recordedAt: receivedAt,
    corrected,
    history,
    content,
  };
}

export const known: ChildNow = { id: 'child', provisional: false, possible: [] };

/** What a capability derives, in short: duties as `kind owner@place state due`, notices as `kind role@place urgency`. Sorted. */
export function derived(
  capability: Reacting,
  facts: readonly HeldFact[],
  rules: Rules,
  at: string,
  child: ChildNow = known,
): { readonly duties: string[]; readonly notices: string[]; readonly whole: Derived } {
  const whole = capability.react(facts, child, rules, new Date(at).toISOString());
  return {
    duties: whole.duties
      .map(({ kind, owner, due, met }) => {
        const late = due !== undefined && !met && Date.parse(due) <= Date.parse(at);
        return [
          kind,
          owner.agency + (owner.place ? `@${owner.place}` : ''),
          met ? 'met' : late ? 'late' : 'open',
          due?.slice(0, 16),
        ]
          .filter((part) => part !== undefined)
          .join(' ');
      })
      .toSorted(),
    notices: whole.notices
      .filter(({ tellUntil }) => Date.parse(tellUntil) >= Date.parse(at))
      .map(({ kind, to, urgency, possible }) =>
        [
          kind,
          `${to.agency}/${to.role}${to.place ? `@${to.place}` : ''}${to.holderOf ? ` of ${to.holderOf}` : ''}`,
          urgency,
          ...(possible ? ['possible'] : []),
        ].join(' '),
      )
      .toSorted(),
    whole,
  };
}
