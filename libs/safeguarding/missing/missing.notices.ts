import type { Notice, Recipient } from '../../kernel/capability.js';
import type { Rule, Rules } from '../../kernel/rules.js';
import { isNews, occurred } from '../../kernel/limits.js';
import { forceOf } from '../../kernel/places.js';
import { interviewer, police, service, socialCare, type Addressed } from '../recipients.js';
import { flagged, latest, text, time } from '../said.js';
import { causesOf } from './missing.duties.js';
import { authorityAt, hostAuthority, type Missing } from './missing.fold.js';
import type { Episode, Happened } from './episodes.fold.js';

/** Everybody who is to be told of one episode. */
export function noticesOf(missing: Missing, index: number, rules: Rules, at: string): readonly Notice[] {
  const episode = missing.episodes[index];
  if (!episode) return [];
  return [
    ...reported(missing, episode, rules, at),
    ...returned(missing, episode, rules, at),
    ...interviewed(missing, episode, index, rules),
    ...slots(missing, episode, index, rules),
  ];
}

/** A1, A9: those who are responsible; of a child placed out of area, both authorities and both forces. */
function reported(missing: Missing, episode: Episode, rules: Rules, at: string): Notice[] {
  const rule = gradedBy(missing, episode, rules);
  const news = episode.reports.filter(({ fact }) => isNews(fact, rule, rules));
  if (news.length === 0) return [];
  const over = episode.found !== undefined || episode.returned !== undefined;
  // Of one that began long ago, or is said to have, the newest report is what is told.
  const until = rules.after(rule.actWithin, latest(news.map(({ fact }) => fact))?.occurredAt ?? episode.startedAt);
  const common = {
    causes: causesOf(episode),
    whenGone: 'recall' as const,
    rule: rule.id,
    // As long as the child is missing there is somebody to tell.
    tellUntil: over || time(until) > time(at) ? until : at,
  };
  const kind = episode.kind === 'away' ? 'away-without-authorisation' : 'missing-reported';
  const calm = episode.kind === 'away' || LOWER.includes(episode.grade);
  const urgency = waits(episode, rule) ? 'digest' : calm ? 'ordinary' : 'urgent';
  const raised = news.filter(({ fact }) => fact.corrected && text(fact, 'risk') === 'RISK_GRADE_HIGH');
  return everybody(missing, episode).flatMap((addressed) => [
    { kind, urgency, ...addressed, ...common } satisfies Notice,
    ...(raised.length > 0
      ? [{ kind: 'missing-regraded-high', urgency: 'urgent' as const, ...addressed, ...common }]
      : []),
  ]);
}

/** Told at once, without overtaking what is told of others. */
const LOWER: readonly string[] = ['no-apparent-risk', 'low'];

/** As the area's rule says; a grade that is raised is told at once, when it is. */
const waits = ({ grade }: Episode, { digest }: Rule): boolean => digest.includes(grade);

const gradedBy = (missing: Missing, episode: Episode, rules: Rules): Rule =>
  rules.rule('A1', episode.startedAt, authorityAt(missing, episode));

/** That the child was found, and that they are back: what was told of the first stays true when the second is said. */
function returned(missing: Missing, episode: Episode, rules: Rules, at: string): Notice[] {
  if (reported(missing, episode, rules, at).length === 0) return [];
  const { found, returned: back } = episode;
  // By when each happened, whichever was heard of first: in any order the same is told.
  const first = found && (!back || time(found.at) < time(back.at));
  const kind = found?.inCustody ? 'missing-found-in-custody' : 'missing-found';
  return [
    ...(first ? ended(missing, episode, { kind, end: found }, rules) : []),
    ...(back ? ended(missing, episode, { kind: 'missing-returned', end: back }, rules) : []),
  ];
}

function ended(
  missing: Missing,
  episode: Episode,
  { kind, end }: { readonly kind: string; readonly end: Happened },
  rules: Rules,
): Notice[] {
  const rule = rules.rule('A2', end.at, authorityAt(missing, episode));
  if (!isNews(end.fact, rule, rules)) return [];
  // That a child is back never comes before the report; what is to be decided in custody waits for no digest.
  const waited = waits(episode, gradedBy(missing, episode, rules)) && kind !== 'missing-found-in-custody';
  const urgency = waited ? ('digest' as const) : ('ordinary' as const);
  return everybody(missing, episode).map((addressed) => ({
    ...{ kind, urgency, ...addressed, causes: causesOf(episode), rule: rule.id },
    ...{ whenGone: 'recall' as const, tellUntil: rules.after(rule.actWithin, end.at) },
  }));
}

function everybody(missing: Missing, episode: Episode): readonly Addressed[] {
  const home = authorityAt(missing, episode);
  const host = hostAuthority(missing, episode);
  const forces = [...new Set([home, ...(host === undefined ? [] : [host])].map(forceOf))];
  const outside: Recipient[] = [
    socialCare(home),
    ...(host === undefined ? [] : [socialCare(host)]),
    ...(host === undefined && toldByPolice(episode) ? [] : forces.map(police)),
  ];
  const possible = missing.standing.child.provisional ? { possible: true as const } : {};
  return [...service(missing.standing), ...outside.map((to) => ({ to, ...possible }))];
}

// In its own area the force that took the report knows.
function toldByPolice({ reports }: Episode): boolean {
  return reports.some(({ fact }) => fact.agency === 'police');
}

/** A4: what was said reaches whoever plans with the child. */
function interviewed(missing: Missing, episode: Episode, index: number, rules: Rules): Notice[] {
  if (!missing.standing.open) return [];
  const completed = missing.interviewsOf(index).filter((one) => text(one, 'outcome') === 'OUTCOME_COMPLETED');
  return completed.flatMap((interview) => {
    const rule = rules.rule('A4', interview.occurredAt, authorityAt(missing, episode));
    if (!isNews(interview, rule, rules)) return [];
    return service(missing.standing).map((addressed) => ({
      ...{ kind: 'return-interview-completed', ...addressed, causes: [interview.fact], rule: rule.id },
      urgency: flagged(interview, 'flaggedUrgent') ? ('urgent' as const) : ('ordinary' as const),
      ...{ whenGone: 'recall' as const, tellUntil: rules.after(rule.actWithin, interview.occurredAt) },
    }));
  });
}

/**
 * An appointment with the service before the interview is due is offered to the interviewer, and to whoever answers for the interview;
 * supervision itself is not independent. What has been offered is said again when it is moved, and when it is called off.
 */
function slots(missing: Missing, episode: Episode, index: number, rules: Rules): Notice[] {
  const back = episode.returned;
  if (!back || episode.kind === 'away') return [];
  const authority = authorityAt(missing, episode);
  const rule = rules.rule('A3', back.at, authority);
  if (!rule.limit || !isNews(back.fact, rule, rules)) return [];
  if (missing.interviewsOf(index).some((one) => text(one, 'outcome') !== 'OUTCOME_OFFERED')) return [];
  const due = rules.due(rule.limit, occurred(back));
  return missing.appointments.flatMap((appointment) => {
    const planned = text(appointment, 'plannedFor');
    const off = flagged(appointment, 'cancelled');
    const again = appointment.corrected && time(appointment.statedAt) > time(back.fact.receivedAt);
    const kind = off ? 'interview-slot-gone' : again ? 'interview-slot-moved' : 'interview-slot';
    // Called off before the child was back: it was never there to offer.
    if (off && !again) return [];
    if (!(time(planned) >= time(back.at) && time(planned) <= time(due))) return [];
    return [interviewer(authority), socialCare(authority)].map((to) => ({
      ...{ kind, causes: [appointment.fact], to, urgency: 'ordinary' as const },
      ...{ whenGone: 'lapse' as const, rule: rule.id, tellUntil: planned },
    }));
  });
}
