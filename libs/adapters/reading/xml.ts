import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Message } from '../../kernel/fact.js';
import { BadPart } from './bad-part.js';
import { contentOf } from './content.js';
import { Place } from './place.js';
import { xmlStart, xmlText } from './xml-text.js';

/** What a document may be at most. The door has limited its bytes already; these hold a small one that grows when read. */
export interface XmlLimits {
  /** Elements within one another. */
  readonly depth: number;
  readonly elements: number;
  /** Of one element. */
  readonly attributes: number;
  /** Characters of one text, and of one attribute. */
  readonly text: number;
}

const usual: XmlLimits = { depth: 64, elements: 1_000_000, attributes: 64, text: 1_000_000 };

interface Node {
  readonly name: string;
  readonly namespace: string;
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Node[];
  text: string;
}

/** Where an element stands by the names that it has itself, and whom to tell of what is asked for within it. */
interface Told {
  readonly at: string;
  readonly asked: NonNullable<Message['asked']>;
}

/**
 * An element that knows its place, so that whatever is wrong there can be named: the line, and the path of names that the
 * adapter asked for (never one that only the document says). An absent element has absent parts.
 */
export class XmlElement {
  constructor(
    private readonly node: Node | undefined,
    private readonly path: string,
    private readonly line: number,
    private readonly told?: Told,
  ) {}

  get absent(): boolean {
    return this.node === undefined;
  }

  /** `line 12: /Message/Children/Child[2]`. */
  get pointer(): string {
    return `line ${this.line}: ${this.path}`;
  }

  /** The one child of this name, in the namespace of its parent. Throws `BadPart` when there are several. */
  at(name: string): XmlElement {
    const [first, ...more] = this.named(name);
    if (more.length > 0)
      throw new BadPart('repeated-value', 'one is expected here, and there are several', this.within(name).pointer);
    return this.within(name, first);
  }

  /** The children of this name, in their order. */
  all(name: string): readonly XmlElement[] {
    return this.named(name).map((node, index) => this.within(`${name}[${index + 1}]`, node));
  }

  /** The children, whatever they are called, for a choice among them: `name` is the document's own word. */
  get children(): readonly { readonly name: string; readonly element: XmlElement }[] {
    return (this.node?.children ?? []).map((node, index) => ({
      name: node.name,
      element: this.within(`*[${index + 1}]`, node),
    }));
  }

  /** Its text, to be read as what it should be; text beside children is not its own. */
  get text(): Place {
    const { node } = this;
    if (node !== undefined && node.children.length > 0)
      throw new BadPart('wrong-type', 'text is expected here', this.pointer);
    return new Place(node?.text, this.pointer);
  }

  attribute(name: string): Place {
    this.told?.asked(`${this.told.at}/@${name}`);
    return new Place(this.node?.attributes.get(name), `${this.pointer}/@${name}`);
  }

  private named(name: string): readonly Node[] {
    return this.node?.children.filter((one) => one.name === name && one.namespace === this.node?.namespace) ?? [];
  }

  private within(step: string, node?: Node): XmlElement {
    const told = node && this.told && { ...this.told, at: `${this.told.at}/${node.name}` };
    told?.asked(told.at);
    return new XmlElement(node, `${this.path}/${step}`, node?.line ?? this.line, told);
  }
}

/** The root of a message's document, which has to be of this name (and namespace). Throws `BadPart`. */
export function xmlOf(message: Message, name: string, namespace = '', limits: Partial<XmlLimits> = {}): XmlElement {
  const root = readXml(documentIn(message), { ...usual, ...limits });
  if (root.name !== name || root.namespace !== namespace)
    throw new BadPart('unknown-root', `the document is no ${name}, or of another namespace`, 'line 1');
  const { asked } = message;
  return new XmlElement(root, `/${name}`, root.line, asked && { at: `/${name}`, asked });
}

/** Where the document says something, by the names of its elements: `/Message/Header/Year`, `/Bundle/id/@value`. Throws `BadPart`. */
export function xmlPlaces(message: Message): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = ({ name, attributes, children, text }: Node, within: string): void => {
    const at = `${within}/${name}`;
    if (children.length === 0 && text.trim() !== '') found.add(at);
    for (const attribute of attributes.keys()) found.add(`${at}/@${attribute}`);
    for (const child of children) visit(child, at);
  };
  visit(readXml(documentIn(message), usual), '');
  return found;
}

/** The name of the root element, read no further than it; undefined when it does not begin like XML. */
export function rootNameOf(message: Message): string | undefined {
  const content = contentOf(message);
  const start = content.kind === 'bytes' ? xmlStart(content.bytes, 4000) : textOf(content.value).slice(0, 4000);
  return /^[\s\uFEFF\u00EF\u00BB\u00BF]*(?:<\?[^>]*\?>\s*|<!--(?:[^-]|-[^-])*-->\s*)*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]/.exec(
    start,
  )?.[1];
}

function documentIn(message: Message): string {
  const content = contentOf(message);
  if (content.kind === 'json' && typeof content.value !== 'string')
    throw new BadPart('wrong-type', 'text is expected here', '/data');
  return content.kind === 'bytes' ? xmlText(content.bytes) : textOf(content.value);
}

// In JSON a document stands as a text. An object is none, and may have a `toString` of its own.
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Throws `BadPart`; never with the parser's own message, which quotes what it read. */
function readXml(text: string, limits: XmlLimits): Node {
  const parser = new SaxesParser({ xmlns: true });
  const open: Node[] = [];
  let root: Node | undefined;
  let elements = 0;
  let attributes = 0;
  const refuse = (code: string, detail: string): never => {
    throw new BadPart(code, detail, `line ${parser.line}`);
  };
  const short = (value: string): void => {
    if (value.length > limits.text) refuse('xml-too-large', 'a text is longer than the hub reads');
  };
  const said = (value: string): void => {
    const last = open.at(-1);
    if (last === undefined) return;
    last.text += value;
    short(last.text);
  };
  parser.on('error', () => refuse('invalid-xml', 'the document is not well-formed XML'));
  parser.on('doctype', () => refuse('xml-doctype', 'the document has a DOCTYPE, which the hub does not read'));
  parser.on('opentagstart', () => {
    attributes = 0;
    if (++elements > limits.elements) refuse('xml-too-large', 'there are more elements than the hub reads');
    if (open.length >= limits.depth)
      refuse('xml-too-deep', 'elements lie within one another deeper than the hub reads');
  });
  parser.on('attribute', ({ value }) => {
    if (++attributes > limits.attributes) refuse('xml-too-large', 'an element has more attributes than the hub reads');
    short(value);
  });
  parser.on('opentag', (tag) => {
    const node = nodeOf(tag, parser.line);
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', said);
  parser.on('cdata', said);
  // In pieces, so that a limit is met before all of it has been read.
  for (let at = 0; at < text.length; at += PIECE) parser.write(text.slice(at, at + PIECE));
  parser.close();
  return root ?? refuse('invalid-xml', 'the document is not well-formed XML');
}

const PIECE = 65_536;
const none: ReadonlyMap<string, string> = new Map();

function nodeOf({ local, uri, attributes }: SaxesTagNS, line: number): Node {
  const plain = Object.values(attributes).filter((one) => one.prefix === '');
  const own = plain.length === 0 ? none : new Map(plain.map((one) => [one.local, one.value]));
  return { name: local, namespace: uri, line, attributes: own, children: [], text: '' };
}
