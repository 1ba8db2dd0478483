import type { Message } from '../../kernel/fact.js';
import { jsonIn, placeOf } from './content.js';
import { Place } from './place.js';

/** What a message says, out of the notifications (SNS) and queue messages (SQS) that carried it. */
export interface Unwrapped {
  readonly place: Place;
  /** RFC 3339: when the outermost notification that says so was sent. */
  readonly sentAt?: string | undefined;
  /** `MessageAttributes` of the innermost envelope that has any: what its publisher says of what is inside. */
  readonly attributes?: Place | undefined;
}

const deepest = 4;

/** Bare, or as text in the `Message` of a notification (SNS), itself perhaps in the `Body` of a queue's message (SQS). Throws `BadPart`. */
export function unwrapped(message: Message): Unwrapped {
  let place = placeOf(message);
  let sentAt: string | undefined;
  let attributes: Place | undefined;
  for (let depth = 0; depth < deepest && !place.isList; depth++) {
    const inner = ['Message', 'Body', 'body'].map((name) => place.at(name)).find((one) => !one.absent);
    const text = inner?.text();
    if (inner === undefined || text === undefined) break;
    sentAt ??= place.at('Timestamp').instant();
    const said = place.at('MessageAttributes');
    if (!said.absent) attributes = said;
    place = new Place(jsonIn(text, inner.pointer), inner.pointer, message.asked);
  }
  return { place, sentAt, attributes };
}

/** Text of an attribute, as topics (`Value`) and queues (`StringValue`) write it; undefined when there is none. Throws `BadPart`. */
export function attributeIn(attributes: Place | undefined, name: string): string | undefined {
  const attribute = attributes?.at(name);
  if (attribute === undefined || attribute.isText) return attribute?.text();
  return attribute.at('Value').text() ?? attribute.at('StringValue').text();
}
