import { printedPdf } from '../pages/printed-pdf.js';
import type { PrintedItem, PrintedSection } from '../pages/printed.js';
import type { MeetingWords } from './meeting-words.js';

type ChildWords = MeetingWords['children'][number];

/** One reader's copy of a meeting, as an A4 print: child by child. */
export async function packPdf(words: MeetingWords): Promise<Buffer> {
  const { forum, on, asKnown, madeBy, purpose, children, since, madeFor, attendance } = words;
  const came = attendance.filter(({ name }) => name !== '').map(({ name, title }) => `${name} (${title})`);
  return printedPdf({
    ...{ title: 'Meeting copy', heading: `${forum}, ${on}`, reference: `${forum}, ${on}` },
    ...{ asKnown, madeBy, purpose },
    handling: 'OFFICIAL-SENSITIVE: for the attendee named here, at this meeting',
    doNotCopy: 'Do not copy on. It holds what this reader’s agency may have; another attendee’s copy is another.',
    about: [
      { label: 'Made for', value: madeFor },
      { label: 'Made by', value: madeBy },
      { label: 'Purpose', value: purpose },
      { label: 'As known on', value: asKnown },
      { label: 'Looks back to', value: since },
      { label: 'Who came', value: came.length === 0 ? 'Not written down yet' : came.join('; ') },
      { label: 'Children', value: String(children.length) },
    ],
    sections: children.map(sectionOf),
    closing: children.length === 0 ? ['No child whom you may be told of is on this list.'] : [],
  });
}

function sectionOf(child: ChildWords, index: number): PrintedSection {
  const { name, born, age, holder, reasons, withheld, changed, decisions, actions } = child;
  const why = reasons.map(({ text, entries }) => `${text}: ${entries.join('; ')}`);
  return {
    title: name,
    outline: `Child ${index + 1}`,
    lines: [
      ...(born === undefined ? [] : [`Born ${born}, age ${age}`]),
      ...(holder === undefined ? [] : [`Case manager: ${holder}`]),
      `Why on the list: ${withheld ? 'withheld from you by an agency that says so on the timeline' : why.join(' · ')}`,
      ...(changed.length === 0 ? ['Nothing that you may have was recorded since the last meeting.'] : []),
    ],
    items: [...decisions.map(decided), ...actions.map(acted), ...changed.map(happened)],
  };
}

function decided({ text, by, at }: ChildWords['decisions'][number]): PrintedItem {
  return { occurred: at, title: 'Decided', lines: [text], source: by, notes: [] };
}

function acted({ task, owner, due, late, done }: ChildWords['actions'][number]): PrintedItem {
  const state = done ? `Done ${done.at}` : late ? 'Late' : 'Open';
  return {
    occurred: `By ${due}`,
    title: `Action: ${state.toLowerCase()}`,
    lines: [task, ...(done?.outcome ? [`What came of it: ${done.outcome}`] : [])],
    source: owner,
    notes: [],
  };
}

function happened({ occurred, title, lines, agency, recorded }: ChildWords['changed'][number]): PrintedItem {
  const said = lines.map(({ label, value }) => `${label}: ${value}`);
  return { occurred, title, lines: said, source: `${agency.name}, recorded ${recorded}`, notes: [] };
}
