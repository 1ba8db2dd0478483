import type { Viewer } from '../../../libs/disclosure/terms.js';
import { dayInWords, instantInWords } from '../../../libs/kernel/london.js';
import type { Colleague, Owned } from '../../../libs/platform/watch/duty-store.js';
import type { TodaySheet } from './read-today.query.js';
import type { SheetItem } from './sheet.js';

interface Did {
  readonly action: string | undefined;
  readonly item: string | undefined;
}

export function todayModel({ day, sections, colleagues, outOfHours, duty }: TodaySheet, viewer: Viewer, did: Did) {
  const items = sections.flatMap((section) => section.items);
  const open = items.filter(({ owned }) => owned?.doneAt === undefined);
  return {
    day: dayInWords(day),
    outOfHours,
    duty: duty && { names: duty.words.join(', '), gap: duty.gap },
    said: saidOf(items, viewer, did),
    summary: {
      // Of a section that lists the first of many nothing is counted but those.
      listed: sections.some(({ rest }) => rest !== undefined),
      open: open.length,
      unowned: open.filter(({ owned }) => !owned).length,
      mine: open.filter(({ owned }) => owned?.owner === viewer.who).length,
    },
    sections: sections.map(({ items: some, ...section }) => {
      const words = some.map((item, at) => itemWords(item, `${section.id}-${at}`, viewer, colleagues));
      const left = words.filter(({ done }) => done === undefined);
      return { ...section, count: left.length, items: left, cleared: words.filter(({ done }) => done !== undefined) };
    }),
  };
}

function itemWords(item: SheetItem, id: string, viewer: Viewer, colleagues: readonly Colleague[]) {
  const { owned } = item;
  const mine = owned?.owner === viewer.who;
  const clock = (at: string): string => instantInWords(new Date(at).toISOString());
  return {
    ...item,
    id,
    marks: item.marks ?? [],
    amber: item.amber ?? [],
    done: owned?.doneAt === undefined ? undefined : `Cleared by ${owned.ownerName}, ${clock(owned.doneAt)}`,
    mine,
    owner: owned ? `${mine ? 'You have this' : `${owned.ownerName} has this`} since ${clock(owned.since)}` : undefined,
    canTake: !owned,
    canClear: mine,
    colleagues:
      owned && (mine || viewer.roles.includes('team-manager'))
        ? colleagues.filter(({ who }) => who !== owned.owner)
        : [],
  };
}

// From how things stand, not from what was asked: whoever was slower is told who has it.
function saidOf(items: readonly SheetItem[], viewer: Viewer, { action, item }: Did): object | undefined {
  if (action === undefined || item === undefined) return undefined;
  const found = items.find((one) => one.item === item);
  const owned = found?.owned;
  if (!found) return { text: 'It is no longer on your sheet.', good: true };
  const what = `${found.title}${found.child ? ` (${found.child.name})` : ''}`;
  if (!owned) return { text: `Nobody has it now: ${what}.`, good: false };
  return sentence(action, owned, viewer.who, what);
}

function sentence(action: string, owned: Owned, who: string, what: string): object {
  const { owner, ownerName, doneAt } = owned;
  if (doneAt !== undefined) return { text: `Cleared by ${owner === who ? 'you' : ownerName}: ${what}.`, good: true };
  if (owner === who) {
    return action === 'take'
      ? { text: `You have it: ${what}.`, good: true }
      : { text: `You still have it: ${what}.`, good: false };
  }
  return action === 'hand-over'
    ? { text: `${ownerName} has it now: ${what}.`, good: true }
    : { text: `${ownerName} already has it: ${what}.`, good: false };
}
