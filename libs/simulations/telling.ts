import type { Agency } from '../kernel/agency.js';
import type { Message } from '../kernel/fact.js';
import type { CloudEvent } from './cloud-event.js';

/** One message that a system sends to the hub, and the door it sends it to. */
export type Telling =
  | { readonly system: Agency; readonly door: 'events'; readonly event: CloudEvent }
  | {
      readonly system: Agency;
      readonly door: 'native';
      readonly format: string;
      /** HTTP headers: `content-type` and the hub's own, in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

/** The message as the hub keeps it and hands it to an adapter. */
export function keptMessage(telling: Telling, receivedAt: string): Message {
  const { system } = telling;
  const from = { system, agency: system, receivedAt };
  if (telling.door === 'events') return { ...from, ...structured(telling.event) };
  const subject = telling.headers['hub-subject'];
  const observedat = telling.headers['hub-observed-at'];
  return {
    ...from,
    format: telling.format,
    contentType: telling.headers['content-type'] ?? '',
    attributes: {
      ...(subject === undefined ? {} : { subject }),
      ...(observedat === undefined ? {} : { observedat }),
    },
    body: Buffer.from(telling.body),
  };
}

function structured(event: CloudEvent): Pick<Message, 'format' | 'contentType' | 'attributes' | 'body'> {
  const { data: _, ...attributes } = event;
  return {
    format: event.type,
    contentType: 'application/cloudevents+json',
    attributes,
    body: Buffer.from(JSON.stringify(event)),
  };
}
