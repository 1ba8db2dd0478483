/** What stands on one printed piece of a section: when, what, its lines, where it is from, and what was said of it. */
export interface PrintedItem {
  readonly occurred: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly source: string;
  readonly notes: readonly { readonly text?: string; readonly by: string }[];
}

export interface PrintedSection {
  readonly title: string;
  /** As the outline names it, where that is not the title: an outline shows where a file is opened, and names nobody. */
  readonly outline?: string;
  /** Said before its items. */
  readonly lines?: readonly string[];
  readonly items: readonly PrintedItem[];
}

/** A document to print. Its properties and its outline name no child. */
export interface Printed {
  /** In the file's properties and on every page. */
  readonly title: string;
  readonly heading: string;
  /** On every page, beside the title. */
  readonly reference: string;
  readonly about: readonly { readonly label: string; readonly value: string }[];
  readonly asKnown: string;
  readonly madeBy: string;
  readonly purpose: string;
  readonly handling: string;
  readonly doNotCopy: string;
  readonly sections: readonly PrintedSection[];
  readonly closing: readonly string[];
}
