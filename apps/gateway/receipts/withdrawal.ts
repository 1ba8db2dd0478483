import type { Incoming, Receipt } from '../../../libs/kernel/intake.js';
import type { Publisher } from '../../../libs/platform/envelopes/attributes.js';
import { incomingEvent } from '../../../libs/platform/envelopes/event.js';
import { structuredEvent } from '../../../libs/platform/envelopes/structured.js';

/**
 * The event by which a publisher takes a message back, as it could have sent it itself. No time in it: the same
 * withdrawal sent twice is the same message.
 */
export function withdrawal(receipt: Receipt, reason: string, publisher: Publisher, correlation: string): Incoming {
  const event = {
    specversion: '1.0',
    id: `withdraw:${receipt.id}`,
    source: publisher.system,
    type: `hub.${publisher.agency.replace('-', '_')}.v1.Withdrawn`,
    datacontenttype: 'application/json',
    hubreceipt: receipt.id,
    data: { messageId: receipt.messageId, reason },
  };
  return incomingEvent(structuredEvent(Buffer.from(JSON.stringify(event)), publisher), publisher, correlation);
}
