import { ruleOf } from '../../../libs/kernel/limits.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import { text } from '../../../libs/safeguarding/said.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import { dutyInWords } from '../duties/duty-words.js';
import { childWords } from '../pages/children-model.js';
import type { ExploitationInSight } from './concern-in-sight.js';
import type { EpisodeInSight } from './episodes-in-sight.js';
import { authorityWords, gradeWords, levelWords, saidBy, strategyWords, toldWords, whenWords } from './loop-words.js';
import { escalationsOf } from './escalations.js';
import type { Loop } from './read-loop.query.js';
import { canInterview } from './recordings.js';
import type { Told } from './told.js';
import { stepsOf } from './steps.js';

/** The loops of one child in words, with the forms that this looker may fill in. */
export function loopModel(
  { child, at, episodes, concern, waiting, may }: Loop,
  rules: Rules,
  done: string | undefined,
) {
  const base = `/children/${child.id}/loop`;
  const duties = (some: readonly DutyInSight[], told: readonly Told[]) =>
    some.map((one) => {
      const rule = ruleOf(one.duty, rules);
      return { ...dutyInWords(one, rule, at), escalations: escalationsOf(one, rule, told, rules) };
    });
  const tellings = (told: readonly Told[]) => ({
    told: told.map((one) => ({ ...toldWords(one), yours: waiting.has(one.key) })),
    acknowledge: [...new Set(told.filter(({ key }) => waiting.has(key)).map(({ thread }) => thread))].join(' '),
  });
  return {
    child: childWords(child),
    done: Object.entries(doneWords).find(([name]) => name === done)?.[1],
    episodes: episodes.map((one, index) => ({
      ...episodeWords(one),
      number: episodes.length - index,
      ...tellings(one.told),
      duties: duties(one.duties, one.told),
      prevention: may.prevention && canPrevent(one) ? `${base}/${one.id}/prevention` : undefined,
      record: may.interview && canInterview(one) ? `${base}/${one.id}/interview` : undefined,
      uses: may.use ? unused(one).map(({ fact }) => `${base}/${fact}/use`) : [],
    })),
    concern: concern && {
      ...concernWords(concern),
      ...tellings(concern.told),
      duties: duties(concern.duties, concern.told),
    },
  };
}

function episodeWords(one: EpisodeInSight) {
  const { episode, now, count, withinDays, strategy } = one;
  return {
    id: one.id,
    title: `${episode.kind === 'away' ? 'Away without authorisation' : 'Missing'} ${now ? 'since' : 'from'} ${whenWords(episode.startedAt, episode.precision)}`,
    now,
    grade: gradeWords[episode.grade],
    places: authorityWords(one),
    count: `${count} in ${withinDays} days`,
    strategy: strategyWords(strategy),
    steps: stepsOf(one),
  };
}

/** As long as it is owed: of an episode that was history when the hub heard of it, it is not. */
function canPrevent({ duties }: EpisodeInSight): boolean {
  return duties.some(({ duty, state }) => duty.kind === 'prevention-interview' && state !== 'met');
}

function unused({ interviews, uses }: EpisodeInSight) {
  const used = uses.map((use) => text(use, 'interviewReference'));
  return interviews.filter(
    (one) => text(one, 'outcome') === 'OUTCOME_COMPLETED' && !used.includes(text(one, 'interviewReference')),
  );
}

function concernWords({ level, restsOn, strategy, state }: ExploitationInSight) {
  const { referrals, nrm, investigations, conferences } = state;
  return {
    level: levelWords[level],
    strategy: strategyWords(strategy),
    signs: restsOn.map((fact) => ({
      what: fact.type.endsWith('.ExploitationAssessed') ? 'Assessed' : 'Sign',
      kind: kindWords(text(fact, 'kind')),
      strength: strengthWords(text(fact, 'strength') || text(fact, 'level')),
      when: whenWords(fact.occurredAt, fact.precision),
      by: saidBy(fact),
    })),
    steps: [
      ...referrals.map(({ received, decided }) => [
        decided ? 'Referral decided' : 'Referral to social care',
        (decided ?? received).occurredAt,
      ]),
      ...conferences.map(({ decided, held }) => [
        held ? 'Child protection conference held' : 'Child protection conference decided',
        (held ?? decided).occurredAt,
      ]),
      ...nrm.map(({ made, decided }) => [
        decided ? 'National referral mechanism: decided' : 'National referral mechanism: referred',
        (decided ?? made).occurredAt,
      ]),
      ...investigations.map(({ opened, closed }) => [
        closed ? 'Complex investigation closed' : 'Complex investigation opened',
        (closed ?? opened).occurredAt,
      ]),
    ].map(([title, when = '']) => ({ title, when: whenWords(when) })),
  };
}

/** `EXPLOITATION_KIND_COUNTY_LINES`: `county lines`. */
export function kindWords(code: string): string {
  return plain(code.replace('EXPLOITATION_KIND_', ''));
}

function strengthWords(code: string): string {
  return plain(code.replace(/^(INDICATOR_STRENGTH|EXPLOITATION_LEVEL)_/, ''));
}

const plain = (code: string): string =>
  /UNSPECIFIED|^$/.test(code) ? 'not graded' : code.toLowerCase().replaceAll('_', ' ');

const doneWords: Readonly<Record<string, string>> = {
  acknowledged: 'Acknowledged. Whoever else was told sees that you have it.',
  prevention: 'Recorded. Your own system can read it from the hub: you need not key it again.',
  interview: 'Recorded. Your case system can read it from the hub: you need not key it again.',
  use: 'Recorded: how the interview was used. Your case system can read it from the hub: you need not key it again.',
  before: 'This form had been sent already. What it said then stays.',
};
