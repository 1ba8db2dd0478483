import { decide } from '../../../libs/disclosure/decide.js';
import { dayInLondon, dayInWords, instantInWords } from '../../../libs/kernel/london.js';
import { urgentMessages, type UrgentMessage } from '../../../libs/platform/watch/urgent-store.js';
import { silences } from '../../../libs/platform/watch/watch-store.js';
import type { Agency } from '../../../libs/kernel/agency.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import { unallocated, type Current } from '../../../libs/today/unallocated.fold.js';
import { agencyWords } from '../pages/words.js';
import { notAcknowledged } from '../inbox/today-section.js';
import { interviewsToday, missingToday } from '../boards/today-section.js';
import { dutiesToday } from '../duties/today-section.js';
import { undeliveredNotices } from '../webhooks/today-section.js';
import { emergencyAccess } from '../break-glass/today-section.js';
import type { ChildMatter } from './child-matters.js';
import type { ChildFact } from './duty-rows.js';
import type { Section, SectionProvider, SheetContext, SheetItem } from './sheet.js';

const MOST = 200;

/** The sheet, in its order. A room that has something for it adds a provider. */
export const sections: readonly SectionProvider[] = [
  unreadMessages,
  notAcknowledged,
  undeliveredNotices,
  missingToday,
  interviewsToday,
  (context) => ofFacts(context, overnight),
  (context) => ofFacts(context, hearings),
  (context) => ofFacts(context, releases),
  dutiesToday,
  withoutWorker,
  (context) => ofFacts(context, appointments),
  emergencyAccess,
  silentSources,
];

const oversees = ({ looker }: SheetContext): boolean =>
  looker.viewer.agency === 'yos' &&
  looker.viewer.roles.some((role) => role === 'duty-officer' || role === 'team-manager');

async function unreadMessages(context: SheetContext): Promise<Section | undefined> {
  if (!oversees(context)) return undefined;
  const { viewer, purpose } = context.looker;
  const messages = await urgentMessages(context.database, MOST);
  // Of what nobody can read the category is what it may be: whoever may see a missing report may be told that there is one.
  const seen = messages.filter(
    ({ agency }) => decide(viewer, purpose, { agency, category: 'missing', handling: 'professional-only' }) === 'full',
  );
  return {
    id: 'messages',
    title: 'May report a missing child, and could not be recorded',
    empty: 'No such message waits.',
    urgent: true,
    items: seen.toSorted(escalatedFirst).map(messageItem),
  };
}

function messageItem({ receipt, agency, sign, receivedAt, escalatedAt, outcomes }: UrgentMessage): SheetItem {
  const open = outcomes.find(({ outcome }) => outcome === 'held' || outcome === 'quarantined');
  const what = open?.outcome === 'held' ? 'is held back' : 'could not be read';
  const why = [open?.detail, open?.pointer === undefined ? undefined : `at ${open.pointer}`].filter(Boolean).join(', ');
  return {
    item: `message ${receipt}`,
    title: `A message from ${nameOf(agency)} that may report a missing child ${what}`,
    detail: `Received ${instantInWords(receivedAt)}. ${signs[sign] ?? ''} ${why === '' ? '' : `Why: ${why}. `}Ring the sender: reference ${receipt}.`,
    more: { href: `/quarantine/messages/${receipt}`, text: 'See what is wrong with it' },
    marks: escalatedAt === undefined ? [] : ['Escalated: nobody had taken it'],
    standing: false,
  };
}

const signs: Readonly<Record<string, string>> = {
  type: 'Its type says so.',
  words: 'Its words say so.',
  unreadable: 'Nobody can read it, and this sender reports missing children.',
};

const escalatedFirst = (one: UrgentMessage, other: UrgentMessage): number =>
  Number(other.escalatedAt !== undefined) - Number(one.escalatedAt !== undefined);

interface FactSection {
  readonly id: string;
  readonly title: string;
  readonly empty: string;
  readonly wanted: (fact: ChildFact, context: SheetContext) => boolean;
}

const overnight: FactSection = {
  id: 'overnight',
  title: 'Arrested or detained overnight',
  empty: 'No arrest or detention since the last duty day ended.',
  wanted: ({ kind, at }, { day }) => (kind === 'arrest' || kind === 'received') && time(at) >= time(day.overnight),
};

const hearings: FactSection = {
  id: 'hearings',
  title: 'Hearings today',
  empty: 'No hearing is listed for today.',
  wanted: ({ kind, at }, { day }) => kind === 'hearing' && time(at) < time(day.tomorrow),
};

const releases: FactSection = {
  id: 'releases',
  title: 'Released since the last duty day',
  empty: 'No release was told.',
  wanted: ({ kind }) => kind === 'released',
};

const appointments: FactSection = {
  id: 'appointments',
  title: 'Appointments today',
  empty: 'No appointment is planned for today.',
  wanted: ({ kind }) => kind === 'appointment',
};

/** The service's own day: what another agency has to do today are its notices, its interviews and its duties. */
function ofFacts(context: SheetContext, { wanted, ...section }: FactSection): Section | undefined {
  if (context.looker.viewer.agency !== 'yos') return undefined;
  const { children, titleOf } = context.children;
  const items = children.flatMap((child) =>
    child.facts
      .filter((fact) => wanted(fact, context))
      .map((fact) => ({
        at: fact.at,
        item: `${fact.kind} ${fact.matter}`,
        title: titleOf(fact.key) ?? 'Recorded a moment ago: reload to read it',
        detail: `${whenInWords(fact.at, fact.precision)}. Told by ${nameOf(fact.agency)}.`,
        standing: false,
        events: [fact.key],
        ...whose(child),
      })),
  );
  return { ...section, items: items.toSorted((one, other) => time(one.at) - time(other.at)) };
}

function withoutWorker(context: SheetContext): Section | undefined {
  if (!oversees(context)) return undefined;
  const { day, children } = context;
  const found = children.children.flatMap((child) => {
    if (!child.unheld) return [];
    const needs = unallocated(goingOn(child), child.closedAt, day.today, day.now);
    return needs ? [{ child, needs }] : [];
  });
  return {
    id: 'unallocated',
    title: 'Children without an allocated worker',
    empty: 'Every child with something going on has a worker.',
    items: found
      .toSorted((one, other) => time(one.needs.since) - time(other.needs.since))
      .map(({ child, needs }) => ({
        item: `unallocated ${child.id}`,
        title: `Nobody has this case since ${instantInWords(needs.since)}`,
        detail: `${needs.because.map((kind) => becauseWords[kind]).join(', ')}. ${
          needs.closedAt === undefined ? 'Never allocated.' : `The case was closed on ${dayOf(needs.closedAt)}.`
        }`,
        standing: true,
        events: child.facts.map(({ key }) => key),
        ...whose(child),
      })),
  };
}

function goingOn({ facts, missingSince }: ChildMatter): Current[] {
  return [
    ...(missingSince === undefined ? [] : [{ kind: 'missing', at: missingSince } as const]),
    ...facts.flatMap(({ kind, at }): Current[] => {
      if (kind === 'received') return [{ kind: 'custody', at }];
      return kind === 'hearing' || kind === 'arrest' || kind === 'result' ? [{ kind, at }] : [];
    }),
  ];
}

const becauseWords: Readonly<Record<Current['kind'], string>> = {
  missing: 'Missing',
  custody: 'In custody',
  hearing: 'Hearing to come',
  arrest: 'Arrested lately',
  result: 'Court result lately',
};

async function silentSources(context: SheetContext): Promise<Section | undefined> {
  if (!oversees(context)) return undefined;
  const open = (await silences(context.database, MOST)).filter(({ endedAt }) => endedAt === undefined);
  return {
    id: 'sources',
    title: 'Sources that have fallen silent',
    empty: 'Every source that is expected has been heard.',
    items: open.map(({ system, format, heardAt, beganAt }) => ({
      item: `silence ${system} ${format} ${heardAt}`,
      title: `Nothing from ${nameOf(system)}${format === '' ? '' : ` (${format})`} since ${instantInWords(heardAt)}`,
      detail: `Overdue since ${instantInWords(beganAt)}. What it would have told is missing from every page.`,
      standing: true,
    })),
  };
}

const whose = ({ id, name, own }: ChildMatter) => ({ child: { id, name }, own });
const time = (at: string): number => Date.parse(at);
const dayOf = (at: string): string => dayInWords(dayInLondon(new Date(at).toISOString()));
const nameOf = (agency: string): string => (isAgency(agency) ? agencyWords[agency satisfies Agency].name : agency);

function whenInWords(at: string, precision: 'instant' | 'date'): string {
  return precision === 'date' ? dayOf(at) : instantInWords(at);
}
