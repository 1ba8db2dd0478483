import { printedPdf } from '../pages/printed-pdf.js';
import type { ChronologyWords, EventWords } from './chronology-words.js';

/** A chronology as an A4 print, year by year. */
export async function chronologyPdf({ child, years, leftOut, ...words }: ChronologyWords): Promise<Buffer> {
  return printedPdf({
    ...words,
    heading: `${words.title}: ${child.name}`,
    reference: `Hub reference ${child.reference}`,
    sections: years.map(({ year, events }) => ({ title: year, items: events.map(itemOf) })),
    closing: [
      ...(years.length === 0 ? ['No event has been marked as significant that you may see, for these dates.'] : []),
      ...(leftOut === undefined ? [] : [leftOut]),
    ],
  });
}

function itemOf({ occurred, title, lines, source, handlings, marks }: EventWords) {
  return {
    occurred,
    title,
    lines: lines.map(({ label, value }) => `${label}: ${value}`),
    source: [source, ...handlings].join(' · '),
    notes: marks.map(({ by, at, note }) => ({
      ...(note === undefined ? {} : { text: `Why it is significant: ${note}` }),
      by: `Marked as significant by ${by}, ${at}`,
    })),
  };
}
