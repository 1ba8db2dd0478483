import { maskedMessage } from '../../../libs/adapters/masked/masked.js';
import { formatShown, pointerShown } from '../../../libs/adapters/masked/names.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import type { PartOutcome } from '../../../libs/kernel/intake.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import type { DeskFile } from '../../../libs/platform/intake/postgres/quarantine-desk.js';
import type { CountedGroup } from '../../../libs/platform/intake/postgres/quarantine-groups.js';
import { codeWords, eventWords, outcomeWords, statusWords, whyWords } from '../pages/receipt-words.js';
import { agencyWords } from '../pages/words.js';
import type { GroupPage, OpenedMessage } from './quarantine-room.js';

/** What was sent of a form that cannot be taken, and why. */
export interface ActFault {
  readonly action: 'retry' | 'close';
  readonly reason: string;
  readonly text: string;
}

/** Outcomes beyond these say nothing new. */
const MOST_PARTS = 20;

/** The address of a group, which is sealed into `of`. */
export const groupHref = (of: string, more: Readonly<Record<string, string>> = {}): string =>
  `/quarantine/group?${new URLSearchParams({ of, ...more }).toString()}`;

/** `idOf`: a group, sealed. */
export function groupsModel(groups: readonly CountedGroup[], idOf: (group: CountedGroup) => string) {
  return {
    groups: groups.map((group) => ({ ...groupWords(group), href: groupHref(idOf(group)) })),
    waiting: groups.reduce((sum, { waiting }) => sum + waiting, 0),
    retrying: groups.reduce((sum, { retrying }) => sum + retrying, 0),
  };
}

export function groupModel({ group, entries, cursor }: GroupPage, of: string, fault?: ActFault) {
  return {
    ...groupWords(group),
    of,
    here: groupHref(of),
    fault,
    messages: entries.map(({ receipt, receivedAt, attempts, outcomes, urgent }) => ({
      receipt,
      short: receipt.slice(-8),
      received: instantInWords(receivedAt),
      datetime: receivedAt,
      attempts,
      urgent,
      why: [...new Set(outcomes.filter(({ reason }) => reason === group.reason).map(whyWords))].slice(0, 3).join('; '),
    })),
    next: cursor === undefined ? undefined : groupHref(of, { cursor }),
  };
}

export function messageModel({ file, urgent, mayClose }: OpenedMessage, did: string | undefined, fault?: ActFault) {
  const open = file.outcomes.filter(({ outcome }) => outcome === 'quarantined' || outcome === 'held');
  return {
    receipt: file.receipt,
    name: nameOf(file.system),
    format: formatWords(file.system, file.format),
    received: instantInWords(file.receivedAt),
    size: file.size,
    attempts: file.attempts,
    status: statusWords[file.status],
    retrying: file.status === 'received',
    open: open.length > 0 && file.status !== 'received',
    urgent,
    mayClose,
    fault,
    did: did === undefined ? undefined : saidOf(file),
    parts: open.slice(0, MOST_PARTS).map(partWords),
    moreParts: Math.max(0, open.length - MOST_PARTS),
    masked: maskedOf(file, open),
    actions: file.actions.map(({ action, who, at, reason }) => ({
      what: actions[action] ?? action,
      who,
      at: instantInWords(new Date(at).toISOString()),
      reason,
    })),
  };
}

const actions: Readonly<Record<string, string>> = {
  retry: 'Tried again',
  close: 'Closed',
  replay: 'Tried again with all of its source',
};

// From how things stand, not from what was asked: somebody else may have been quicker.
function saidOf({ status }: DeskFile): string {
  if (status === 'received') return 'It is being tried again. Reload the page to see what came of it.';
  if (status === 'quarantined') return 'It was tried again, and still cannot be recorded.';
  return `It is settled: ${statusWords[status].name.toLowerCase()}.`;
}

function groupWords({ system, format, reason, waiting, retrying, oldest }: CountedGroup) {
  return {
    name: nameOf(system),
    format: formatWords(system, format),
    reason: codeWords(reason),
    code: reason,
    waiting,
    retrying,
    oldest: oldest === '' ? '' : instantInWords(oldest),
  };
}

function partWords(part: PartOutcome) {
  return {
    fact: part.fact === undefined ? undefined : eventWords(part.fact),
    outcome: outcomeWords(part.outcome),
    why: whyWords(part),
    pointer: part.pointer === undefined || part.pointer === '' ? undefined : pointerShown(part.pointer),
  };
}

function maskedOf({ message, system, format, contentType, receivedAt }: DeskFile, open: readonly PartOutcome[]) {
  if (message.erased || !isAgency(system)) return undefined;
  const { as, lines } = maskedMessage(
    { system, agency: system, format, contentType, attributes: message.attributes, body: message.body, receivedAt },
    open.slice(0, MOST_PARTS).flatMap(({ pointer }) => pointer ?? []),
  );
  return {
    as,
    lines: lines.map(({ depth, name, value, here }) => ({
      indent: '  '.repeat(depth),
      text: [name, value].filter((text) => text !== undefined && text !== '').join(': ') || 'The message',
      here,
    })),
  };
}

const formatWords = (system: string, format: string): string =>
  format === '' ? 'No format named' : formatShown(system, format);

const nameOf = (system: string): string => (isAgency(system) ? agencyWords[system].name : system);
