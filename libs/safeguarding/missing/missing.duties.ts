import type { Duty, HeldFact } from '../../kernel/capability.js';
import type { Rules } from '../../kernel/rules.js';
import { instant } from '../../kernel/instant.js';
import { isNews, occurred } from '../../kernel/limits.js';
import { caseManager, police, socialCare } from '../recipients.js';
import { flagged, text, time } from '../said.js';
import { authorityAt, type Missing } from './missing.fold.js';
import type { Episode } from './episodes.fold.js';

/** Everything that has to be done about one episode. */
export function dutiesOf(missing: Missing, index: number, rules: Rules): readonly Duty[] {
  const episode = missing.episodes[index];
  if (!episode || episode.kind === 'away') return [];
  const authority = authorityAt(missing, episode);
  const duties = [
    ...preventionInterview(missing, episode, rules, authority),
    ...decision(missing, episode, index, rules, authority),
    ...returnInterview(missing, episode, index, rules, authority),
    ...reasonNotHeld(missing, episode, index, rules, authority),
    ...useInPlanning(missing, episode, index, rules, authority),
  ];
  return duties.map((duty) => ({ ...duty, area: authority }));
}

/** A2: the police speak with a child who was found or came back. No limit: without delay. */
function preventionInterview(missing: Missing, episode: Episode, rules: Rules, authority: string): Duty[] {
  const end = episode.found ?? episode.returned;
  const reports = episode.reports.filter(({ fact }) => fact.agency === 'police').map(({ fact }) => fact);
  const [report] = reports;
  if (!end || !report) return [];
  const rule = rules.rule('A2', end.at, authority);
  if (!isNews(end.fact, rule, rules)) return [];
  const held = missing.preventionInterviews.find((one) =>
    reports.some((other) => text(other, 'reportReference') === text(one, 'reportReference')),
  );
  return [
    {
      kind: 'prevention-interview',
      causes: causesOf(episode),
      owner: police(text(report, 'force')),
      rule: rule.id,
      verified: rule.verified,
      since: end.at,
      ...metBy(held),
    },
  ];
}

/** A3: found into police custody starts no clock; somebody has to say what follows. */
function decision(missing: Missing, episode: Episode, index: number, rules: Rules, authority: string): Duty[] {
  const { found, returned } = episode;
  if (!found?.inCustody) return [];
  const rule = rules.rule('A3', found.at, authority);
  if (!isNews(found.fact, rule, rules)) return [];
  const interview = missing.interviewsOf(index).at(-1);
  const settled = returned?.fact ?? interview;
  return [
    {
      kind: 'decide-return-interview',
      causes: causesOf(episode),
      owner: socialCare(authority),
      rule: rule.id,
      verified: rule.verified,
      since: found.at,
      details: { stage: 'in-custody' },
      ...metBy(settled),
    },
  ];
}

/** A3: the interview, from the return to home or care; being found is no return. */
function returnInterview(missing: Missing, episode: Episode, index: number, rules: Rules, authority: string): Duty[] {
  const { returned } = episode;
  if (!returned) return [];
  const rule = rules.rule('A3', returned.at, authority);
  if (!rule.limit || !isNews(returned.fact, rule, rules)) return [];
  const said = missing.interviewsOf(index);
  const last = said.findLast((one) => Object.hasOwn(stages, text(one, 'outcome')));
  const offered = said.some((one) => text(one, 'outcome') === 'OUTCOME_OFFERED');
  const stage = last ? stages[text(last, 'outcome')] : offered ? 'offered' : 'to-offer';
  return [
    {
      kind: 'return-home-interview',
      causes: causesOf(episode),
      owner: socialCare(authority),
      rule: rule.id,
      verified: rule.verified,
      since: returned.at,
      due: rules.due(rule.limit, occurred(returned)),
      details: { stage: stage ?? 'to-offer' },
      ...metBy(said.findLast(settles)),
    },
  ];
}

/** A5: an interview that was not held, without a reason. No limit: the clock of the interview (A3) goes on until somebody says why. */
function reasonNotHeld(missing: Missing, episode: Episode, index: number, rules: Rules, authority: string): Duty[] {
  const said = missing.interviewsOf(index);
  // A reason that was given later is a correction of what was said, or is said of the interview anew.
  const bare = said.findLast((one) => isNotHeld(one) && (isBare(one) || one.corrected));
  if (!bare) return [];
  const rule = rules.rule('A5', bare.occurredAt, authority);
  if (!isNews(bare, rule, rules)) return [];
  const since = { at: bare.occurredAt, precision: bare.precision };
  const reason = isBare(bare) ? said.slice(said.indexOf(bare) + 1).find(settles) : bare;
  return [
    {
      kind: 'reason-for-no-interview',
      causes: [bare.fact, ...causesOf(episode)],
      owner: socialCare(authority),
      rule: rule.id,
      verified: rule.verified,
      since: bare.occurredAt,
      ...(rule.limit ? { due: rules.due(rule.limit, occurred(since)) } : {}),
      ...metBy(reason),
    },
  ];
}

/** A4: the case manager takes what was said into safety and wellbeing planning, and says so. */
function useInPlanning(missing: Missing, episode: Episode, index: number, rules: Rules, authority: string): Duty[] {
  if (!missing.standing.open) return [];
  const completed = missing.interviewsOf(index).filter((one) => text(one, 'outcome') === 'OUTCOME_COMPLETED');
  return completed.flatMap((interview) => {
    const rule = rules.rule('A4', interview.occurredAt, authority);
    if (!rule.limit || !isNews(interview, rule, rules)) return [];
    const reference = text(interview, 'interviewReference');
    const used = missing.uses.find((one) => text(one, 'interviewReference') === reference);
    const urgent = flagged(interview, 'flaggedUrgent');
    const limit = urgent
      ? { amount: rule.numbers['flaggedWithinHours'] ?? 1, unit: 'clock-hours' as const }
      : rule.limit;
    const held = instant(text(interview, 'heldAt'));
    const at = held ?? interview.occurredAt;
    const from = { at, precision: held === undefined ? interview.precision : ('instant' as const) };
    return [
      {
        kind: 'use-return-interview',
        causes: [interview.fact],
        owner: caseManager,
        rule: rule.id,
        verified: rule.verified,
        since: at,
        due: rules.due(limit, occurred(from)),
        details: { flagged: urgent ? 'yes' : 'no', episode: episode.reports[0]?.fact.fact ?? '' },
        ...metBy(used),
      },
    ];
  });
}

const stages: Readonly<Record<string, string>> = {
  OUTCOME_DECLINED: 'declined',
  OUTCOME_COMPLETED: 'completed',
  OUTCOME_NOT_HELD: 'not-held',
};

const isNotHeld = (interview: HeldFact): boolean => text(interview, 'outcome') === 'OUTCOME_NOT_HELD';
const isBare = (interview: HeldFact): boolean => isNotHeld(interview) && text(interview, 'reason').trim() === '';

/** What an interview ends with: declined, completed, or not held with the reason. */
export function settles(interview: HeldFact): boolean {
  return Object.hasOwn(stages, text(interview, 'outcome')) && !isBare(interview);
}

/** What brings the episode about: its reports, whatever becomes of any one of them. */
export function causesOf({ reports }: Episode): readonly string[] {
  return reports.map(({ fact }) => fact.fact);
}

function metBy(fact: HeldFact | undefined): Pick<Duty, 'met'> {
  return fact ? { met: { at: new Date(time(fact.occurredAt)).toISOString(), by: fact.event } } : {};
}
