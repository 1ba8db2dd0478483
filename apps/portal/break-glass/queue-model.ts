import { isAgency } from '../../../libs/kernel/agency.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import { verdicts, type Verdict } from '../../../libs/platform/break-glass/reviews.js';
import { agencyWords } from '../pages/words.js';
import type { ToReview } from './review-queue.js';

/** What was sent of a review that cannot be taken, and why. */
export interface ReviewFault {
  readonly id: string;
  readonly verdict: string;
  readonly comment: string;
  readonly errors: { readonly verdict?: string; readonly comment?: string };
}

const words: Readonly<Record<Verdict, string>> = {
  justified: 'Justified',
  'not-justified': 'Not justified',
  'follow-up': 'Needs follow-up',
};

export function queueModel(items: readonly ToReview[], fault?: ReviewFault) {
  const shown = items.map((item) => itemWords(item, fault?.id === item.id ? fault : undefined));
  return {
    open: shown.filter(({ review }) => review === undefined),
    reviewed: shown.filter(({ review }) => review !== undefined),
    errors: fault ? Object.entries(fault.errors).map(([field, text]) => ({ text, href: `#${field}-${fault.id}` })) : [],
  };
}

function itemWords(item: ToReview, fault: ReviewFault | undefined) {
  const { id, who, agency, roles, child, childName, reason, live, late, own, looks, known, review } = item;
  return {
    ...{ id, who, live, late, own, looks, known },
    ...(known ? { child } : {}),
    agency: isAgency(agency) ? agencyWords[agency].name : agency,
    roles: roles.map((role) => role.replaceAll('-', ' ')).join(', '),
    childName: known ? (childName ?? 'Name not known') : 'a child you may not know of',
    reason: known ? (reason ?? 'Erased with the child.') : 'Not shown: it may name the child. Ask the agency.',
    began: instantInWords(item.beganAt),
    ends: instantInWords(item.endsAt),
    review: review && { ...review, at: instantInWords(review.at), verdict: words[review.verdict] },
    verdicts: verdicts.map((value) => ({ value, text: words[value], checked: fault?.verdict === value })),
    comment: fault?.comment ?? '',
    errors: fault?.errors ?? {},
  };
}
