import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfText {
  /** Of each page, in reading order, spaces as one. */
  readonly pages: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly outline: readonly string[];
  readonly lang: string | null;
  /** Roles of the structure of the first page, e.g. `H1`. */
  readonly roles: ReadonlySet<string>;
}

/** What a reader gets out of a PDF. */
export async function pdfText(pdf: Uint8Array): Promise<PdfText> {
  const document = await getDocument({ data: Uint8Array.from(pdf), verbosity: 0, useSystemFonts: false }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(
      items
        .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : ''))
        .join('')
        .replaceAll(/\s+/g, ' '),
    );
  }
  const roles = new Set<string>();
  const gather = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('role' in node && typeof node.role === 'string') roles.add(node.role);
    if ('children' in node && Array.isArray(node.children)) node.children.forEach(gather);
  };
  gather(await (await document.getPage(1)).getStructTree());
  const { info } = await document.getMetadata();
  const outline = await document.getOutline();
  const { Language } = info as { Language?: string };
  return {
    pages,
    info: Object.fromEntries(Object.entries(info)),
    outline: (outline ?? []).map(({ title }: { title: string }) => title),
    lang: Language ?? null,
    roles,
  };
}
