import { getOption } from '@bufbuild/protobuf';
import { catalogue } from '../../../libs/contracts/catalogue.js';
import type { EventContract } from '../../../libs/contracts/event-contract.js';
import { message as messageRules } from '../../../libs/contracts/gen/buf/validate/validate_pb.js';
import { isRequired, nameOf, schemasOf, type Meanings } from '../../../libs/contracts/json-schema.js';
import { retentions } from '../../../libs/contracts/retention.js';
import { agencies } from '../../../libs/kernel/agency.js';
import type { CloudEvent } from '../../../libs/simulations/cloud-event.js';
import { agencyWords, categoryWords, handlingWords } from '../pages/words.js';
import { fieldWords } from './field-words.js';
import { whoMaySee } from './who-may-see.js';

/** The catalogue as a list: what each agency publishes. */
export function eventsModel() {
  return {
    agencies: agencies.map((agency) => ({
      id: agency,
      name: agencyWords[agency].name,
      events: [...catalogue.values()]
        .filter((contract) => contract.agency === agency)
        .map(({ type, title, category }) => ({ type, title, category: categoryOf(category) }))
        .toSorted((a, b) => a.title.localeCompare(b.title)),
    })),
  };
}

/** All that the contract says of one event that partners publish; undefined when there is none of this type. */
export function eventModel(type: string, examples: ReadonlyMap<string, CloudEvent>, meaning: Meanings) {
  const contract = catalogue.get(type);
  if (!contract?.agency) return undefined;
  const { schema, agency, category, handling, key, title, snapshot } = contract;
  return {
    type,
    title,
    agency: agencyWords[agency].name,
    meaning: meaning(type),
    category: categoryOf(category),
    handling: handlingWords(handling),
    snapshot,
    correction: category === 'correction',
    key: key.map((name) => schema.fields.find((field) => field.name === name)?.jsonName ?? name),
    retention: retentions[contract.retention],
    rules: getOption(schema, messageRules).cel.map(({ message }) => message),
    messages: messagesOf(contract, meaning),
    sees: whoMaySee({ agency, category, handling })
      .filter((seat) => seat.agency !== agency)
      .map(({ agency: of, role, full, flag }) => ({
        who: `${agencyWords[of].name}: ${role.replaceAll('-', ' ')}`,
        full: full.map(words).join(', '),
        flag: flag.map(words).join(', '),
      })),
    example: JSON.stringify(examples.get(type), null, 2),
  };
}

const words = (name: string): string => name.replaceAll('-', ' ');

const categoryOf = (category: string): string =>
  category === 'correction' ? 'Correction of what was published' : categoryWords(category);

/** The event's own fields first, then those of the messages it is made of. */
function messagesOf({ schema }: EventContract, meaning: Meanings) {
  const schemas = schemasOf(schema, meaning, '');
  const files = [schema.file, ...schema.file.dependencies];
  const all = files.flatMap((file) => [
    ...file.messages,
    ...file.messages.flatMap(({ nestedMessages }) => nestedMessages),
  ]);
  return Object.entries(schemas).map(([name, described]) => {
    const desc = all.find(({ typeName }) => typeName === name);
    return {
      name: name === schema.typeName ? undefined : (desc?.name ?? name),
      id: name.replaceAll('.', '-'),
      fields: (desc?.fields ?? []).map((field) => ({
        name: field.jsonName,
        meaning: meaning(nameOf(field)),
        required: isRequired(field),
        ...fieldWords(described, field.jsonName),
      })),
    };
  });
}
