import { text } from '../../../libs/safeguarding/said.js';
import { dutyName } from '../../../libs/safeguarding/words.js';
import type { HeaderLine } from '../../../libs/timeline/header/header-fact.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import { detailWords, listedWords, recipientWords, spanWords } from '../duties/duty-words.js';
import { kindWords } from '../loop/loop-model.js';
import {
  authorityWords,
  gradeWords,
  levelWords,
  nameOf,
  strategyWords,
  toldWords,
  whenWords,
} from '../loop/loop-words.js';
import type { Told } from '../loop/told.js';
import type { Board, BoardName, ConcernRow, InterviewRow, MissingRow, RowChild } from './read-board.query.js';

/** What a row says under one heading: lines, the first of them the strongest. */
interface Cell {
  readonly label: string;
  readonly lines: readonly string[];
  readonly urgent?: boolean;
  readonly amber?: boolean;
}

/** The board in words: a child's cells are the columns of its row, and on a small screen lines of its card. */
export function boardModel({ at, missing, interviews, concerns, before, next }: Board, board: BoardName) {
  const listed = board === 'missing' ? interviews : concerns;
  return {
    board,
    first: before === 0,
    counted: listedWords(before, listed.length, next !== undefined),
    next: next === undefined ? undefined : `/boards/${board}?${new URLSearchParams({ cursor: next }).toString()}`,
    missing: missing.map((row) => ({ ...childOf(row), cells: missingCells(row, at).map(quiet) })),
    interviews: interviews.map((row) => ({ ...childOf(row), cells: interviewCells(row, at).map(quiet) })),
    concerns: concerns.map((row) => ({ ...childOf(row), cells: concernCells(row).map(quiet) })),
  };
}

/** What there is none of stands back. */
function quiet(cell: Cell): Cell & { readonly quiet: boolean } {
  return { ...cell, quiet: /^(No|None|Nobody|Not|Nothing)\b/.test(cell.lines[0] ?? '') && cell.urgent !== true };
}

function childOf({ view: { id, name, age } }: RowChild) {
  return { id, name: name ?? 'Name not known', age, href: `/children/${id}/loop` };
}

function missingCells(row: MissingRow, at: string): Cell[] {
  const { one, level, vitals } = row;
  const { episode } = one;
  return [
    {
      label: episode.kind === 'away' ? 'Away without authorisation for' : 'Missing for',
      lines: [
        spanWords(Date.parse(at) - Date.parse(episode.startedAt)),
        `since ${whenWords(episode.startedAt, episode.precision)}`,
      ],
      urgent: episode.kind === 'missing',
    },
    { label: 'Grade', lines: [gradeWords[episode.grade]], urgent: episode.grade === 'high' },
    { label: 'Authority, force', lines: authorityWords(one) },
    { label: 'Exploitation', lines: [levelWords[level]], urgent: level === 'significant' },
    { label: 'Medical need', lines: headerLines([...vitals['self-harm'], ...vitals.medical]) },
    { label: 'Curfew or bail', lines: headerLines([...vitals.tag, ...vitals.bail]) },
    { label: 'Told', lines: toldLines(one.told) },
    { label: 'Episodes', lines: [`${one.count} in ${one.withinDays} days`] },
    { label: 'Strategy', lines: [strategyWords(one.strategy)] },
    { label: 'My step', lines: stepLines(one.duties) },
  ];
}

function interviewCells({ one, due, level }: InterviewRow, at: string): Cell[] {
  const { duty, state } = due;
  const left = duty.due === undefined ? undefined : Date.parse(duty.due) - Date.parse(at);
  const late = left !== undefined && left <= 0;
  const interviewer = one.interviews.map((fact) => text(fact, 'interviewer')).findLast((who) => who !== '');
  return [
    {
      label: 'Time left',
      lines: [
        left === undefined ? 'No limit: without delay' : late ? `${spanWords(-left)} late` : `${spanWords(left)} left`,
        ...(duty.due === undefined ? [] : [`due ${whenWords(duty.due)}`]),
        ...(duty.verified ? [] : ['Amber: rule not verified']),
      ],
      urgent: state === 'overdue' && duty.verified,
      amber: !duty.verified,
    },
    { label: 'To do', lines: [dutyName(duty.kind) ?? 'A duty', ...detailWords(duty)] },
    { label: 'Interviewer', lines: [interviewer ?? 'Nobody named', `Owner: ${recipientWords(duty.owner)}`] },
    {
      label: 'Returned',
      lines: [
        one.episode.returned
          ? whenWords(one.episode.returned.at, one.episode.returned.precision)
          : 'Not said to be back',
      ],
    },
    { label: 'Exploitation', lines: [levelWords[level]], urgent: level === 'significant' },
    { label: 'Told', lines: toldLines(one.told) },
    { label: 'Episodes', lines: [`${one.count} in ${one.withinDays} days`] },
    { label: 'Strategy', lines: [strategyWords(one.strategy)] },
    { label: 'My step', lines: stepLines([due]) },
  ];
}

function concernCells({ concern, vitals }: ConcernRow): Cell[] {
  const { level, restsOn, state, strategy, told, duties } = concern;
  const kinds = [...new Set(restsOn.map((fact) => kindWords(text(fact, 'kind'))))];
  const nrm = state.nrm.at(-1);
  return [
    { label: 'Level', lines: [levelWords[level]], urgent: level === 'significant' },
    { label: 'Kind', lines: kinds },
    {
      label: 'Rests on',
      lines: [
        `${restsOn.length} ${restsOn.length === 1 ? 'sign or assessment' : 'signs and assessments'}`,
        [...new Set(restsOn.map(({ agency }) => nameOf(agency)))].join(', '),
        `newest ${whenWords(restsOn[0]?.occurredAt ?? '', restsOn[0]?.precision)}`,
      ],
    },
    { label: 'Medical need', lines: headerLines([...vitals['self-harm'], ...vitals.medical]) },
    { label: 'Strategy', lines: [strategyWords(strategy)] },
    {
      label: 'Referral mechanism',
      lines: [nrm ? (nrm.decided ? 'Decided' : 'Referred, not decided') : 'None that you may see'],
    },
    { label: 'Told', lines: toldLines(told) },
    { label: 'My step', lines: stepLines(duties) },
  ];
}

const headerLines = (lines: readonly HeaderLine[]): string[] =>
  lines.length === 0 ? ['Not sent by any system yet'] : lines.map(({ text: said, when }) => `${said}, ${when}`);

/** Whom it was told to that holds, each once, with who has said that they have it; nobody yet first. */
function toldLines(told: readonly Told[]): string[] {
  const standing = told.filter(({ state, reminder }) => state === 'told' && !reminder).map(toldWords);
  if (standing.length === 0) return ['Nobody, as far as you may see'];
  const each = [...Map.groupBy(standing, ({ who }) => who)].map(([who, some]) => ({
    who,
    open: some.some(({ acknowledged }) => acknowledged === undefined),
    by: some.findLast(({ acknowledged }) => acknowledged !== undefined)?.acknowledged,
  }));
  const open = each.filter((one) => one.open).length;
  return [
    `${each.length - open} of ${each.length} acknowledged`,
    ...each
      .toSorted((one, other) => Number(other.open) - Number(one.open))
      .map(({ who, open: waits, by }) => `${who}: ${waits ? 'not yet' : (by ?? '')}`),
  ];
}

function stepLines(duties: readonly DutyInSight[]): string[] {
  const mine = duties
    .filter((one) => one.mine && one.state !== 'met')
    .map(({ duty }) => dutyName(duty.kind) ?? 'A duty');
  return mine.length === 0 ? ['Nothing of yours'] : [...new Set(mine)];
}
