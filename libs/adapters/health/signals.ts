import type { Message } from '../../kernel/fact.js';
import type { Translation } from '../../kernel/outcome.js';
import { BadPart, holds } from '../reading/bad-part.js';
import { placeOf } from '../reading/content.js';
import { Place, required } from '../reading/place.js';
import { isoDate } from '../reading/times.js';
import { notified, type Notification } from './notification.js';
import { patientByNumber } from './patient.js';

/** A signal of the multicast notification service, in any of its three formats. Throws `BadPart`. */
export function signal(message: Message): Translation {
  const { read, place } = found(message);
  return notified(read(place));
}

/** The event type, when it looks like a signal. Throws `BadPart`. */
export function signalTypeIn(message: Message): string | undefined {
  return found(message, true).type;
}

type Reader = (place: Place) => Notification;

/** In which format it comes: CloudEvents, alone or as the envelope it came to the hub in; FHIR R4; or the old version 1. */
function found(
  message: Message,
  asking = false,
): { readonly place: Place; readonly read: Reader; readonly type?: string | undefined } {
  const place = dataIn(message);
  if (place !== undefined) {
    if (!place.at('specversion').absent) return { place, read: cloudEvent, type: place.at('type').text() };
    if (!place.at('resourceType').absent) {
      return {
        place,
        read: fhirSignal,
        type: asking ? named(contextIn(place), 'event-type').at('valueString').text() : undefined,
      };
    }
    if (holds(() => !place.at('subject').at('nhsNumber').absent))
      return { place, read: versionOne, type: place.at('type').text() };
  }
  // The envelope in which it came is the signal: its data, if any, is the publisher's own and differs by type.
  const envelope = new Place(message.attributes);
  if (envelope.at('type').absent) throw new BadPart('missing-value', 'there is no signal in the message', '');
  return { place: envelope, read: cloudEvent, type: envelope.at('type').text() };
}

// The door of events keeps the attributes beside the message, and a signal need have no data.
function dataIn(message: Message): Place | undefined {
  if (message.attributes['type'] !== undefined && message.body.length === 0) return undefined;
  try {
    return placeOf(message);
  } catch (error) {
    if (error instanceof BadPart && error.code === 'no-data') return undefined;
    throw error;
  }
}

function cloudEvent(event: Place): Notification {
  return {
    id: required(event.at('id').id(), event.at('id')),
    type: required(event.at('type').text(), event.at('type')),
    at: required(event.at('time').instant(), event.at('time')),
    record: patient(event.at('subject')),
    flagCode: codeIn(event.at('dataref').text()),
  };
}

function fhirSignal(bundle: Place): Notification {
  const parameters = parametersIn(bundle);
  const context = contextIn(bundle);
  const event = named(parameters, 'notification-event').at('part').list();
  const type = named(context, 'event-type').at('valueString');
  const at = named(event, 'timestamp').at('valueInstant');
  return {
    id: required(bundle.at('id').id(), bundle.at('id')),
    type: required(type.text(), type),
    at: required(at.instant() ?? bundle.at('timestamp').instant(), at),
    record: patient(named(context, 'subject').at('valueReference').at('identifier').at('value')),
    recordVersion: version(named(context, 'version-id').at('valueString')),
    flagCode: codeIn(named(event, 'focus').at('valueReference').at('reference').text()),
  };
}

/** The deprecated JSON, which says a name and a birth date: neither where they are wrong. */
function versionOne(event: Place): Notification {
  const subject = event.at('subject');
  const data = event.at('data');
  const familyName = subject.at('familyName').text();
  // Its own documentation warns of `YYYY` and `YYYY-MM`: what is no day identifies nobody.
  const birthDate = isoDate(subject.at('dob').text() ?? '');
  const number = subject.at('nhsNumber');
  return {
    id: required(event.at('id').id(), event.at('id')),
    type: required(event.at('type').text(), event.at('type')),
    at: required(event.at('time').instant(), event.at('time')),
    record: patientByNumber(required(number.text(), number), number.pointer, {
      ...(familyName === undefined ? {} : { familyName }),
      ...(birthDate === undefined ? {} : { birthDate }),
    }),
    recordVersion: version(data.at('versionId')),
    status: (data.at('deathNotificationStatus').text() ?? data.at('nhsNumberStatus').text())?.toUpperCase(),
  };
}

function patient(number: Place) {
  return patientByNumber(required(number.text(), number), number.pointer);
}

/** The parts of the signal, which is the first entry of its bundle. */
function parametersIn(bundle: Place): readonly Place[] {
  const [first] = bundle.at('entry').list();
  return first?.at('resource').at('parameter').list() ?? [];
}

function contextIn(bundle: Place): readonly Place[] {
  return named(parametersIn(bundle), 'additional-context').at('part').list();
}

function named(parts: readonly Place[], name: string): Place {
  return (
    parts.find((one) => one.at('name').text() === name) ??
    new Place(undefined, `${parts[0]?.pointer.replace(/\/\d+$/, '') ?? ''}/${name}`)
  );
}

// A weak entity tag: W/"4" is version 4.
function version(place: Place): string | undefined {
  return place.text()?.replace(/^W\/"(.*)"$/, '$1');
}

/** The flag's code, which stands in the address of the record it is in. */
function codeIn(address: string | undefined): string | undefined {
  return /[?&]code=([A-Za-z0-9-]{1,40})(?:&|$)/.exec(address ?? '')?.[1];
}
