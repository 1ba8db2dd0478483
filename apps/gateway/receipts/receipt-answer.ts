import type { Kept, ReceiptStatus } from '../../../libs/kernel/intake.js';
import { Problem } from '../../../libs/platform/problems/problem.js';

/** What a publisher gets for a message that was kept. */
export interface ReceiptAnswer {
  readonly id: string;
  readonly status: ReceiptStatus;
  readonly href: string;
}

/** Throws 409 when the message id was taken by other content. */
export function receiptAnswer(kept: Kept | undefined): ReceiptAnswer {
  if (!kept) throw new Error('the intake gave fewer answers than there were messages');
  if (kept.outcome === 'conflict') throw conflict(kept.receipt);
  return { id: kept.receipt, status: kept.status, href: hrefOf(kept.receipt) };
}

const hrefOf = (receipt: string): string => `/v1/receipts/${receipt}`;

function conflict(receipt: string): Problem {
  const detail = `A message with this id was kept before, with other content. The first stays: ${hrefOf(receipt)}`;
  return new Problem(409, 'conflict', 'Other content under the same id', detail, '/id');
}
