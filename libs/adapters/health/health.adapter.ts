import { defineAdapter } from '../../kernel/adapter.js';
import type { Message } from '../../kernel/fact.js';
import { ignored } from '../../kernel/outcome.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { BadPart, holds, readable } from '../reading/bad-part.js';
import { placeOf } from '../reading/content.js';
import { heldToContract } from '../reading/held-to-contract.js';
import { rootNameOf } from '../reading/xml.js';
import { fhirResources } from './fhir/fhir.js';
import { healthRecordChanges } from './health-record-changes.js';
import { healthRecord, healthRecordFormats, healthRecordType, looksLikeHealthRecord } from './health-record.js';
import { nemsMessage } from './nems.js';
import { signal, signalTypeIn } from './signals.js';

/** A signal of any type: the name for publishers that pass on whatever they subscribe to. */
const anySignal = 'mns.signal';
const nems = 'nems.message';
const fhir = 'fhir.r4';
const index = 'custodian-index';
const schema = 'json-schema';

export const healthAdapter = defineAdapter({
  agency: 'health',
  formats: {
    ...canonicalFormats('health'),
    ...Object.fromEntries(healthRecordFormats.map((name) => [name, readable(healthRecord)])),
    [anySignal]: heldToContract(readable(signal)),
    [nems]: heldToContract(readable(nemsMessage)),
    [fhir]: heldToContract(readable(fhirResources)),
    [index]: () => ignored('index', 'a list of which records a custodian has: it says that there are records, not what happened'), // prettier-ignore
    [schema]: () => ignored('schema', 'a description of messages, and not one'),
  },
  recognise,
  // Publishers name the type of each signal; there are dozens, and those not taken up must not all go to a person.
  formatNamed: (message) => {
    const found = recognise(message);
    if (found !== anySignal) return found === nems || found === fhir ? found : undefined;
    return typeOf(message) === message.format ? anySignal : undefined;
  },
  snapshots: { [healthRecordType]: healthRecordChanges },
});

function recognise(message: Message): string | undefined {
  if (rootOf(message) === 'Bundle') return nems;
  if (/^[a-z][a-z0-9-]*-\d+$/.test(typeOf(message) ?? '')) return anySignal;
  if (looksLikeHealthRecord(message)) return healthRecordFormats[0];
  if (has(message, 'resourceType')) return fhir;
  if (has(message, 'orgType', 'records')) return index;
  return has(message, '$schema') ? schema : undefined;
}

function has(message: Message, ...names: readonly string[]): boolean {
  return holds(() => names.every((name) => !placeOf(message).at(name).absent));
}

function typeOf(message: Message): string | undefined {
  return orNothing(() => signalTypeIn(message));
}

function rootOf(message: Message): string | undefined {
  return orNothing(() => rootNameOf(message));
}

function orNothing(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadPart) return undefined;
    throw error;
  }
}
