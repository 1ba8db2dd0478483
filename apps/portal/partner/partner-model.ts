import { isAgency } from '../../../libs/kernel/agency.js';
import { receiptStatuses, type Receipt } from '../../../libs/kernel/intake.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import { codeWords, eventWords, outcomeWords, statusMeanings, statusWords, whyWords } from '../pages/receipt-words.js';
import { agencyWords } from '../pages/words.js';
import { DAYS, type Sent } from './partner-desk.js';
import type { Asked } from './partner-query.js';

export function sentModel({ receipts, cursor, systems, system, counts }: Sent, agency: string, asked: Asked) {
  const { typed, fault } = asked;
  const kept = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const own = kept['system'] === undefined ? {} : { system: kept['system'] };
  return {
    agency: isAgency(agency) ? agencyWords[agency].name : agency,
    typed,
    fault,
    filtered: typed.status !== '' || typed.since !== '',
    systems: systems.map((one) => ({ value: one, text: one, selected: one === system })),
    system,
    statuses: [
      { value: '', text: 'Any' },
      ...receiptStatuses.map((one) => ({ value: one, text: statusWords[one].name, selected: one === typed.status })),
    ],
    days: DAYS,
    byStatus: counts.byStatus.map(({ status, messages }) => ({
      ...statusWords[status],
      messages,
      href: link({ ...own, status }),
    })),
    byReason: counts.byReason.map(({ outcome, reason, messages }) => ({
      outcome: outcomeWords(outcome),
      reason: codeWords(reason),
      messages,
    })),
    receipts: receipts.map((receipt) => ({ ...headOf(receipt), why: firstWhy(receipt) })),
    older: cursor === undefined ? undefined : link({ ...kept, cursor }),
    everything: link(own),
  };
}

export function receiptModel(receipt: Receipt) {
  return {
    ...headOf(receipt),
    meaning: statusMeanings[receipt.status],
    source: receipt.source,
    parts: receipt.outcomes.map((part) => ({
      fact: part.fact === undefined ? undefined : eventWords(part.fact),
      outcome: outcomeWords(part.outcome),
      why: whyWords(part),
      reason: part.reason,
      pointer: part.pointer,
      event: part.eventId,
    })),
  };
}

function headOf({ id, messageId, receivedAt, status }: Receipt) {
  return { id, messageId, status: statusWords[status], received: instantInWords(receivedAt), datetime: receivedAt };
}

/** The first reason, of what is open before what is only noted; and how many there are besides. */
function firstWhy({ outcomes }: Receipt): string {
  const said = outcomes.filter(({ reason }) => reason !== undefined);
  const open = said.filter(({ outcome }) => outcome === 'quarantined' || outcome === 'held');
  const [first] = [...open, ...said];
  if (!first) return '';
  const more = new Set(said.map(whyWords)).size - 1;
  return more > 0 ? `${whyWords(first)}, and ${more} more` : whyWords(first);
}

function link(parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString();
  return query === '' ? '/partner' : `/partner?${query}`;
}
