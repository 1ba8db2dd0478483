import { dayInLondon, instantInWords } from '../../../libs/kernel/london.js';
import type { Colleague } from '../../../libs/platform/watch/duty-store.js';
import type { TurnFaults, TurnTyped } from './rota-form.js';
import type { Rota } from './rota-room.js';
import type { RotaEntry } from './rota-store.js';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `Saturday 28 March 2026 at 18:00`, in London. */
export function momentInWords(at: string): string {
  return `${weekdays[new Date(`${dayInLondon(at)}T00:00:00Z`).getUTCDay()]} ${instantInWords(at)}`;
}

/** The rota in the order in which it happens: who is on duty, and plainly where nobody is. */
export function rotaModel({ entries, ended, gaps, now, until, kept }: Rota, escalateMinutes: number) {
  const isNow = ({ startsAt }: { startsAt: string }): boolean => Date.parse(startsAt) <= Date.parse(now);
  const current = entries.filter(isNow);
  const rows = [
    ...entries.map((entry) => ({ ...entryWords(entry), startsAt: entry.startsAt, now: isNow(entry) })),
    ...gaps.map((gap) => ({
      ...{ gap: true, startsAt: gap.startsAt, now: isNow(gap) },
      ...{ from: isNow(gap) ? 'now' : momentInWords(gap.startsAt), until: momentInWords(gap.endsAt) },
    })),
  ];
  return {
    ...{ kept, escalateMinutes, until: momentInWords(until) },
    current: current.map(entryWords),
    // Nobody, or nobody who is there.
    nobody: kept && current.every(({ away }) => away),
    rows: rows.toSorted((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt)),
    ended: ended.map(entryWords),
  };
}

function entryWords({ id, team, workerName, away, startsAt, endsAt }: RotaEntry) {
  return { id, team, name: workerName, away, from: momentInWords(startsAt), until: momentInWords(endsAt) };
}

/** A form for a turn: what was typed, what is wrong, and whom it can name. */
export function formModel(typed: TurnTyped | undefined, faults: TurnFaults, colleagues: readonly Colleague[]) {
  return {
    ...{ typed: typed ?? {}, errors: faults },
    list: Object.entries(faults).map(([field, text]) => ({ text, href: `#${field}` })),
    workers: [
      { value: '', text: 'Choose who', selected: (typed?.worker ?? '') === '' },
      ...colleagues.map(({ who, name }) => ({ value: who, text: name, selected: who === typed?.worker })),
    ],
  };
}

/** An entry as somebody would have typed it. */
export function typedOf({ worker, team, startsAt, endsAt }: RotaEntry): TurnTyped {
  return {
    ...{ worker, team, fromDay: dayTyped(startsAt), fromTime: timeTyped(startsAt) },
    ...{ untilDay: dayTyped(endsAt), untilTime: timeTyped(endsAt) },
  };
}

function dayTyped(at: string): string {
  const [year, month, day] = dayInLondon(at).split('-');
  return `${Number(day)}/${Number(month)}/${year}`;
}

const timeTyped = (at: string): string => instantInWords(at).slice(-5);
