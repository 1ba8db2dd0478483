import { describe, expect, it } from '@jest/globals';
import { pdfText } from '../../../tests/acceptance/pdf-text.js';
import { chronologyPdf } from './chronology-pdf.js';
import type { ChronologyWords, EventWords } from './chronology-words.js';

const by = 'Casey Manager, Youth offending service';

function event(number: number, note?: string): EventWords {
  return {
    id: `event-${number}`,
    occurred: '3 March 2025 at 14:05',
    datetime: '2025-03-03T14:05:00Z',
    title: `Event number ${number}.`,
    lines: [{ label: 'Reference', value: `MR-${number}` }],
    agency: { name: 'Police', colour: 'blue' },
    source: 'Police (Missing episodes), recorded 3 March 2025 at 14:06',
    handlings: [],
    marks: [{ by, at: '4 March 2025 at 09:00', note }],
  };
}

function chronology(
  years: Readonly<Record<string, EventWords[]>>,
  more: Partial<ChronologyWords> = {},
): ChronologyWords {
  return {
    title: 'Chronology of significant events',
    child: { name: 'Zoë Łukasz', born: '15 July 2009', reference: '2cbe2e86' },
    about: [
      { label: 'Child', value: 'Zoë Łukasz' },
      { label: 'As known on', value: '24 November 2026 at 15:00' },
    ],
    asKnown: '24 November 2026 at 15:00',
    madeBy: by,
    purpose: 'Managing the case of a child one works with',
    handling: 'OFFICIAL-SENSITIVE: for professionals working with this child',
    doNotCopy: 'Do not copy on.',
    years: Object.entries(years).map(([year, events]) => ({ year, events })),
    count: Object.values(years).flat().length,
    leftOut: undefined,
    ...more,
  };
}

describe('a chronology on paper', () => {
  it('says on every page which it is, as known when, by whom, for what, and how many there are: 300 events', async () => {
    const events = Array.from({ length: 300 }, (_, number) =>
      event(number, number % 4 === 0 ? 'Kept away. '.repeat(20) : undefined),
    );
    const { pages } = await pdfText(
      await chronologyPdf(chronology({ 2024: events.slice(0, 100), 2025: events.slice(100) })),
    );
    expect(pages.length).toBeGreaterThan(30);
    for (const [at, text] of pages.entries()) {
      expect(text).toContain(`Page ${at + 1} of ${pages.length}`);
      expect(text).toContain('Hub reference 2cbe2e86');
      expect(text).toContain('As known on 24 November 2026 at 15:00');
      expect(text).toContain(`Made by ${by}, for: Managing the case`);
      expect(text).toContain('OFFICIAL-SENSITIVE');
      expect(text).toContain('Do not copy on.');
    }
    const all = pages.join(' ');
    const places = events.map(({ title }) => all.indexOf(title));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    // No event is torn: where its title stands, its last line stands.
    for (const { title, lines } of events) {
      const on = pages.find((text) => text.includes(title));
      expect(on).toContain(lines[0]?.value);
    }
  });

  it('breaks a note that is longer than a page, and loses nothing of it', async () => {
    const words = Array.from({ length: 2_000 }, (_, number) => `word${number}`);
    const { pages } = await pdfText(await chronologyPdf(chronology({ 2025: [event(1, words.join(' ')), event(2)] })));
    const all = pages.join(' ');
    expect(pages.length).toBeGreaterThan(2);
    expect(words.filter((word) => !all.includes(word))).toEqual([]);
    expect(pages.at(-1)).toContain('Event number 2.');
  });

  it('has the letters of names, and is tagged, titled and in English', async () => {
    const names = 'Łukasz, Zoë, Siân Ó’Brien, Đorđević, Ångström, Nguyễn, Олена, Κώστας';
    const pdf = await chronologyPdf(chronology({ 2024: [event(1, names)], 2025: [event(2)] }));
    const { pages, info, outline, roles } = await pdfText(pdf);
    expect(pages.join(' ')).toContain(names);
    expect(outline).toEqual(['2024', '2025']);
    expect([...roles]).toEqual(expect.arrayContaining(['Document', 'H1', 'H2', 'H3', 'P']));
    expect(info).toMatchObject({ Title: 'Chronology of significant events', Language: 'en-GB' });
    expect(JSON.stringify(info)).not.toMatch(/Zoë|Łukasz|Casey|2cbe2e86/);
    // Fonts travel with it.
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/FontFile2/);
  });

  it('says that there is nothing, and what was left out', async () => {
    const { pages } = await pdfText(await chronologyPdf(chronology({}, { leftOut: 'One event is not here.' })));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatch(/No event has been marked.*One event is not here\..*Page 1 of 1/);
  });
});
