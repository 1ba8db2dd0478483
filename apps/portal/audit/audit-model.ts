import { purposes } from '../../../libs/disclosure/terms.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import { dayInWords, instantInWords } from '../../../libs/kernel/london.js';
import { agencyWords } from '../pages/words.js';
import type { AUDIT_FIELDS } from './audit-filter.js';
import type { AuditLook, AuditPage } from './read-audit.query.js';

/** The field that could not be read. */
export type AuditFault = (typeof AUDIT_FIELDS)[number];

const faults: Readonly<Record<AuditFault, string>> = {
  child: 'Enter the id of a child, as it stands in the address of the timeline',
  who: 'Enter a sign-in name of at most 200 characters',
  day: 'Enter a real date, for example 27/3/2026',
  purpose: 'Choose a purpose from the list',
  outcome: 'Choose an outcome from the list',
};

const outcomes = [
  { value: 'shown', text: 'Shown' },
  { value: 'not-found', text: 'Not found, or not theirs to see' },
  { value: 'done', text: 'Decided' },
];

/** What a look did, by the name it is kept under. */
export const operations: Readonly<Record<string, string>> = {
  'timeline.read': 'Read the timeline',
  'timeline.follow': 'Followed changes',
  'children.list': 'Listed children',
  'children.search': 'Searched for a child',
  'chronology.read': 'Read the chronology',
  'chronology.print': 'Printed the chronology',
  'duties.read': 'Read duties',
  'today.read': 'Read today’s sheet',
  'today.take': 'Took an item of today’s sheet',
  'today.hand-over': 'Handed over an item of today’s sheet',
  'today.done': 'Ticked off an item of today’s sheet',
  'board.missing': 'Read the board of missing children and interviews',
  'board.exploitation': 'Read the board of exploitation concerns',
  'loop.read': 'Read what followed a missing report or a concern',
  'loop.record-prevention': 'Went to record a prevention interview',
  'loop.record-interview': 'Went to record a return home interview',
  'loop.record-use': 'Went to record how an interview was used',
  'meetings.list': 'Listed meetings',
  'meeting.read': 'Read the list of a meeting',
  'meeting.pack': 'Read their agency’s copy of a meeting',
  'meeting.print': 'Printed their agency’s copy of a meeting',
  'meeting.child': 'Read or recorded a child’s part of a meeting',
  'meeting.convene': 'Convened a meeting',
  'meeting.attend': 'Recorded who came to a meeting',
  'meeting.close': 'Closed a meeting',
  'rota.read': 'Read the duty rota',
  'rota.add': 'Put somebody on the duty rota',
  'rota.change': 'Changed an entry of the duty rota',
  'rota.remove': 'Took somebody off the duty rota',
  'recorded.read': 'Took over what was recorded here, through the interface',
  'requests.read': 'Read what was asked of their agency',
  'sources.read': 'Read when sources were last heard',
  'records.kept': 'Read how long a record is kept, command line',
  'entry.read': 'Read an entry to say something of it',
  'withheld.ask': 'Asked an agency why it withholds',
  'shown.read': 'Read what agencies had been shown',
  'audit.read': 'Read the audit',
  'records.list': 'Listed records, command line',
  'quarantine.show': 'Read a message, command line',
  'quarantine.groups': 'Read what could not be recorded',
  'quarantine.group': 'Listed messages that could not be recorded',
  'quarantine.read': 'Read a message, masked',
  'quarantine.retry': 'Had messages tried again',
  'quarantine.close': 'Closed a message',
  'receipts.list': 'Listed what their agency sent',
  'receipts.read': 'Read what became of a message',
  'message.try': 'Tried a message, of which nothing was kept',
  'notice.send': 'About to be told, by webhook',
  'notice.delivered': 'Was told, by webhook',
  'webhook.register': 'Registered a webhook',
  'webhook.remove': 'Removed a webhook',
  'webhook.test': 'Tried a webhook',
  'webhook.rotate': 'Changed a webhook’s secret',
  'webhook.replay': 'Had notices sent again',
  'inbox.read': 'Was told, in the inbox',
  'inbox.acknowledge': 'Acknowledged what they were told',
  'inbox.follow': 'Followed the inbox',
  'notifications.read': 'Was told, through the interface',
  'break-glass.ask': 'Read the form for emergency access',
  'break-glass.open': 'Opened withheld entries in an emergency',
  'break-glass.end': 'Ended emergency access',
  'break-glass.review': 'Reviewed emergency access',
  'break-glass.queue': 'Read the emergency accesses',
};

/** `typed`: the form as it was sent, kept whatever was wrong with it. */
export function auditModel(
  { looks, summary, next }: AuditPage,
  typed: Readonly<Record<string, string>>,
  fault: AuditFault | undefined,
) {
  const kept = Object.entries(typed).filter(([, value]) => value !== '');
  return {
    typed,
    fault: fault && { field: fault, text: faults[fault] },
    filtered: kept.length > 0,
    purposes: options(
      Object.entries(purposes).map(([value, text]) => ({ value, text })),
      typed['purpose'],
    ),
    outcomes: options(outcomes, typed['outcome']),
    looks: looks.map((look) => lookWords(look)),
    summary: summary && {
      ...summary,
      day: dayInWords(summary.day),
      looks: summary.looks.map((one) => ({ ...one, agency: nameOf(one.agency), purpose: wordsOf(one.purpose) })),
      total: summary.looks.reduce((sum, { count }) => sum + count, 0),
      outOfHours: summary.outOfHours.map((one) => ({
        ...one,
        agency: nameOf(one.agency),
        href: link({ who: one.who }),
      })),
      bursts: summary.bursts.map((one) => ({
        ...one,
        agency: nameOf(one.agency),
        href: link({ who: one.who, outcome: 'not-found' }),
      })),
      emergenciesHref: link({ purpose: 'emergency' }),
    },
    older: next === undefined ? undefined : link({ ...Object.fromEntries(kept), cursor: next }),
  };
}

function lookWords(look: AuditLook) {
  const { child, childName, entries, withheld } = look;
  return {
    number: look.id,
    when: instantInWords(look.at),
    datetime: look.at,
    who: look.who,
    whoHref: link({ who: look.who }),
    agency: nameOf(look.agency),
    roles: look.roles.map(wordsOf).join(', '),
    purpose: wordsOf(look.purpose),
    what: operations[look.what] ?? look.what,
    child: child === null ? undefined : (childName ?? `Child ${child.slice(0, 8)}`),
    childHref: child === null ? undefined : link({ child }),
    outcome: outcomes.find(({ value }) => value === look.outcome)?.text ?? look.outcome,
    odd: look.outcome === 'not-found' || look.purpose === 'emergency',
    counts: look.what === 'timeline.read' && look.outcome === 'shown' ? countWords(entries, withheld) : undefined,
  };
}

function countWords(entries: number, withheld: number): string {
  const shown = entries === 1 ? '1 entry shown' : `${entries} entries shown`;
  if (withheld === 0) return shown;
  return `${shown}, ${withheld === 1 ? '1 agency withheld' : `${withheld} agencies withheld`}`;
}

function options(of: readonly { value: string; text: string }[], chosen: string | undefined) {
  return [{ value: '', text: 'Any' }, ...of].map((one) => ({ ...one, selected: one.value === (chosen ?? '') }));
}

function link(parameters: Readonly<Record<string, string>>): string {
  return `/audit?${new URLSearchParams(parameters).toString()}`;
}

const nameOf = (agency: string): string => (isAgency(agency) ? agencyWords[agency].name : agency);

const wordsOf = (code: string): string => code.replaceAll('-', ' ');
