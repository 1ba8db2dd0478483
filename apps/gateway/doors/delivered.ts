import { deliveryAttributes } from '../../../libs/kernel/delivery.js';
import type { Incoming } from '../../../libs/kernel/intake.js';
import { badRequest } from '../../../libs/platform/problems/problem.js';

export type DeliveryAttributes = Readonly<Record<string, string>> | undefined;

/**
 * What a request's headers, or a call's metadata, say of how its messages come: `Hub-History: true`, and `Hub-First-Row` for a piece of a file.
 * Throws `Problem`.
 */
export function deliveryIn(headers: Readonly<Record<string, unknown>>): DeliveryAttributes {
  const history = headers['hub-history'];
  const firstRow = headers['hub-first-row'];
  if (history === undefined && firstRow === undefined) return undefined;
  if (history !== undefined && history !== 'true' && history !== 'false') {
    throw badRequest('broken-envelope', 'Hub-History is true or false.', 'Hub-History');
  }
  if (
    firstRow !== undefined &&
    !(typeof firstRow === 'string' && /^[1-9]\d{0,14}$/.test(firstRow) && firstRow !== '1')
  ) {
    throw badRequest('broken-envelope', 'Hub-First-Row is a row after the header: 2 or more.', 'Hub-First-Row');
  }
  return deliveryAttributes({
    ...(history === 'true' ? { history: true } : {}),
    ...(firstRow === undefined ? {} : { firstRow: Number(firstRow) }),
  });
}

/** The message as it came this way: what is compared with others stays what it says. */
export function delivered(message: Incoming, delivery: DeliveryAttributes): Incoming {
  return delivery === undefined ? message : { ...message, attributes: { ...message.attributes, ...delivery } };
}
