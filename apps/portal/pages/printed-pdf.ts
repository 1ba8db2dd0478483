import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Printed, PrintedItem } from './printed.js';

const { resolve } = createRequire(import.meta.url);
const font = (style: string): Buffer => readFileSync(resolve(`@expo-google-fonts/noto-sans/${style}.ttf`));
// All of Latin, Greek and Cyrillic: read once, and only the letters used go into a print.
const fonts = { plain: font('400Regular/NotoSans_400Regular'), bold: font('700Bold/NotoSans_700Bold') };

const MARGIN = { top: 72, bottom: 72, left: 56, right: 56 };
const DATE_WIDTH = 92;
const GAP = 14;
const GREY = '#505a5f';
const BLACK = '#0b0c0c';
const BLUE = '#1a65a6';

type Document = PDFKit.PDFDocument;

/** A document as an A4 print: tagged, with its fonts, page by page numbered. Nothing in its properties names the child. */
export async function printedPdf(words: Printed): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margins: MARGIN,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    // Headers and footers are set when it is known how many pages there are.
    bufferPages: true,
    info: { Title: words.title, Creator: 'Youth Justice Hub', Producer: 'Youth Justice Hub' },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const written = new Promise<void>((done, failed) => document.on('end', done).on('error', failed));
  document.registerFont('plain', fonts.plain).registerFont('bold', fonts.bold);
  const set = new Setting(document);
  set.front(words);
  for (const { title, outline = title, lines = [], items } of words.sections) {
    document.outline.addItem(outline);
    set.section(title);
    for (const line of lines) set.paragraph(line);
    if (lines.length > 0) document.moveDown(0.5);
    for (const item of items) set.item(item);
  }
  for (const line of words.closing) set.paragraph(line);
  set.close();
  furnish(document, words);
  document.end();
  await written;
  return Buffer.concat(chunks);
}

/** Sets text down the page, each piece with what it is: a reader that speaks goes by that. */
class Setting {
  readonly #root: PDFKit.PDFStructureElement;
  readonly #left = MARGIN.left + DATE_WIDTH + GAP;

  constructor(private readonly document: Document) {
    this.#root = document.struct('Document');
    document.addStructure(this.#root);
  }

  get #width(): number {
    return this.document.page.width - MARGIN.right - this.#left;
  }

  get #full(): number {
    return this.document.page.width - MARGIN.left - MARGIN.right;
  }

  front({ heading, handling, doNotCopy, about }: Printed): void {
    const { document } = this;
    this.#say('P', () =>
      document.font('bold').fontSize(9).fillColor('#942514').text(handling, MARGIN.left, document.y),
    );
    this.#say('H1', () => document.font('bold').fontSize(20).fillColor(BLACK).text(heading));
    document.moveDown(0.4);
    for (const { label, value } of about) this.#pair(label, value);
    document.moveDown(0.5);
    this.#say('P', () => document.font('plain').fontSize(9).fillColor(BLACK).text(doNotCopy, MARGIN.left));
    document.moveDown(0.8);
  }

  section(title: string): void {
    const { document } = this;
    // Never alone at the foot of a page: the first item begins under it.
    this.#room(110);
    document.moveDown(0.3);
    this.#say('H2', () => document.font('bold').fontSize(14).fillColor(BLACK).text(title, MARGIN.left, document.y));
    document.moveDown(0.3);
  }

  item(item: PrintedItem): void {
    const { document } = this;
    const height = this.#height(item);
    const page = document.page.height - MARGIN.top - MARGIN.bottom;
    // Kept together where it fits a page; a longer one begins with enough to read.
    this.#room(height < page ? height : 160);
    this.#rule();
    const top = document.y;
    // As read aloud: when, then what. On paper: beside each other.
    this.#say('P', () =>
      document
        .font('bold')
        .fontSize(9.5)
        .fillColor(BLACK)

        .text(item.occurred.replace(' at ', '\nat '), MARGIN.left, top, { width: DATE_WIDTH }),
    );
    const under = document.y;
    const pages = document.bufferedPageRange().count;
    this.#say('H3', () =>
      document.font('bold').fontSize(11).fillColor(BLACK).text(item.title, this.#left, top, { width: this.#width }),
    );
    for (const line of item.lines) this.#line(line, BLACK, 9.5);
    this.#line(item.source, GREY, 8.5);
    for (const { text, by } of item.notes) {
      document.moveDown(0.15);
      if (text !== undefined) this.#line(text, BLACK, 9.5);
      this.#line(by, GREY, 8.5);
    }
    // The date beside it may be the longer of the two; on another page it is not in the way.
    document.y = (document.bufferedPageRange().count === pages ? Math.max(document.y, under) : document.y) + 10;
  }

  paragraph(text: string): void {
    const { document } = this;
    this.#room(40);
    document.moveDown(0.5);
    this.#say('P', () =>
      document.font('plain').fontSize(10).fillColor(BLACK).text(text, MARGIN.left, document.y, { width: this.#full }),
    );
  }

  close(): void {
    this.#root.end();
  }

  #pair(label: string, value: string): void {
    const { document } = this;
    const top = document.y;
    this.#say('P', () => {
      document.font('plain').fontSize(10).fillColor(GREY).text(label, MARGIN.left, top, { width: DATE_WIDTH });
      const under = document.y;
      document.font('bold').fontSize(10).fillColor(BLACK).text(value, this.#left, top, { width: this.#width });
      document.y = Math.max(under, document.y) + 1;
    });
  }

  #line(text: string, colour: string, size: number): void {
    const { document } = this;
    this.#say('P', () =>
      document
        .font('plain')
        .fontSize(size)
        .fillColor(colour)
        .text(text, this.#left, document.y, { width: this.#width }),
    );
  }

  #height(item: PrintedItem): number {
    const { document } = this;
    const of = (text: string, size: number, face = 'plain'): number =>
      document.font(face).fontSize(size).heightOfString(text, { width: this.#width });
    const notes = item.notes.map(({ text = '', by }) => of(text, 9.5) + of(by, 8.5) + 4);
    const lines = item.lines.map((line) => of(line, 9.5));
    const source = of(item.source, 8.5);
    return [of(item.title, 11, 'bold'), source, 24, ...lines, ...notes].reduce((sum, one) => sum + one, 0);
  }

  #room(height: number): void {
    const { document } = this;
    if (document.y + height > document.page.height - MARGIN.bottom) document.addPage();
  }

  #rule(): void {
    const { document } = this;
    document.markContent('Artifact', { type: 'Layout' });
    const { y } = document;
    document
      .moveTo(MARGIN.left, y)
      .lineTo(MARGIN.left + this.#full, y)
      .lineWidth(0.5)
      .strokeColor('#b1b4b6')
      .stroke();
    document.endMarkedContent();
    document.y = y + 6;
  }

  #say(type: string, write: () => unknown): void {
    const said = this.document.struct(type, {}, () => {
      write();
    });
    this.#root.add(said);
  }
}

/** The running header and footer: not read aloud on every page. */
function furnish(
  document: Document,
  { title, reference, asKnown, madeBy, purpose, handling, doNotCopy }: Printed,
): void {
  const { start, count } = document.bufferedPageRange();
  for (let number = start; number < start + count; number += 1) {
    document.switchToPage(number);
    const { page } = document;
    const width = page.width - MARGIN.left - MARGIN.right;
    const place = { width, lineBreak: false } as const;
    // Below the margin the library would begin another page.
    page.margins.bottom = 0;
    document.markContent('Artifact', { type: 'Pagination', attached: ['Top'] });
    document.font('plain').fontSize(8).fillColor(GREY);
    document.text(`${title} · ${reference}`, MARGIN.left, 36, place);
    document.text(`As known on ${asKnown}`, MARGIN.left, 36, { ...place, align: 'right' });
    document
      .moveTo(MARGIN.left, 52)
      .lineTo(page.width - MARGIN.right, 52)
      .lineWidth(1)
      .strokeColor(BLUE)
      .stroke();
    document.endMarkedContent();
    document.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
    const foot = page.height - MARGIN.bottom + 20;
    document.font('bold').fontSize(8).fillColor('#942514').text(handling, MARGIN.left, foot, place);
    document.font('plain').fillColor(GREY);
    document.text(`Page ${number - start + 1} of ${count}`, MARGIN.left, foot, { ...place, align: 'right' });
    document.text(cut(document, `Made by ${madeBy}, for: ${purpose}`, width), MARGIN.left, foot + 12, place);
    document.text(cut(document, doNotCopy, width), MARGIN.left, foot + 24, place);
    document.endMarkedContent();
    page.margins.bottom = MARGIN.bottom;
  }
}

/** On one line: a long name must not push the foot of the page off it. */
function cut(document: Document, text: string, width: number): string {
  let shorter = text;
  while (shorter.length > 1 && document.widthOfString(shorter) > width) shorter = `${shorter.slice(0, -2).trimEnd()}…`;
  return shorter;
}
