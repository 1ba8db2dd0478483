import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Message } from '../../kernel/fact.js';
import { BadPart } from './bad-part.js';
import { required } from './place.js';
import { rootNameOf, xmlOf, type XmlElement } from './xml.js';

const secret = 'Fennimoor';

function message(body: string | Uint8Array, contentType = 'application/xml'): Message {
  return {
    system: 'social-care',
    agency: 'social-care',
    format: '',
    contentType,
    attributes: {},
    body: typeof body === 'string' ? Buffer.from(body) : body,
    receivedAt: '2026-04-02T10:00:00Z',
  };
}

function refusal(read: () => unknown): readonly [string, string | undefined] {
  try {
    read();
  } catch (error) {
    if (!(error instanceof BadPart)) throw error;
    expect(error.message).not.toContain(secret);
    return [error.code, error.pointer];
  }
  throw new Error('it was read');
}
const refused = (body: string | Uint8Array) => refusal(() => xmlOf(message(body), 'Message'));

const children = `<Message>
  <Children>
    <Child><Name>Kit &amp; Co</Name>stray text<Born>2010-05-06</Born></Child>
    <Child><Name><![CDATA[<Jo>]]></Name><Born>6 May</Born></Child>
  </Children>
</Message>`;
const list = (root: XmlElement) => root.at('Children').all('Child');

describe('a document', () => {
  const root = xmlOf(message(children), 'Message');

  it('is read by the names of its elements, whatever text stands between them', () => {
    expect(list(root).map((one) => one.at('Name').text.text())).toEqual(['Kit & Co', '<Jo>']);
    expect(list(root)[0]?.at('Born').text.date()).toBe('2010-05-06');
    expect(list(root)[0]?.children.map(({ name }) => name)).toEqual(['Name', 'Born']);
  });

  it('names the line and the path of what is wrong or missing, in the adapter’s words', () => {
    const second = list(root)[1];
    expect(refusal(() => second?.at('Born').text.date())).toEqual(['wrong-type', 'line 4: /Message/Children/Child[2]/Born']); // prettier-ignore
    const missing = second?.at('Sex').text;
    expect(refusal(() => missing && required(missing.text(), missing))).toEqual(['missing-value', 'line 4: /Message/Children/Child[2]/Sex']); // prettier-ignore
    expect(refusal(() => root.at('Children').text)).toEqual(['wrong-type', 'line 2: /Message/Children']);
    expect(refusal(() => root.at('Children').at('Child'))).toEqual(['repeated-value', 'line 2: /Message/Children/Child']); // prettier-ignore
  });

  it('has nothing at absent elements', () => {
    const nowhere = root.at('Footer').at('Page');
    expect([nowhere.absent, nowhere.text.text(), nowhere.attribute('no').text(), nowhere.all('x')]).toEqual([true, undefined, undefined, []]); // prettier-ignore
  });

  it('is of a namespace, whatever its prefix, and elements of others are not taken for its own', () => {
    const named = (text: string) => xmlOf(message(text), 'Message', 'urn:one').at('Child').attribute('value').text();
    expect(named('<Message xmlns="urn:one"><Child value="a"/></Message>')).toBe('a');
    expect(named('<m:Message xmlns:m="urn:one"><m:Child value="a"/></m:Message>')).toBe('a');
    expect(named('<Message xmlns="urn:one"><Child xmlns="urn:two" value="a"/></Message>')).toBeUndefined();
    expect(refusal(() => named('<Message><Child value="a"/></Message>'))).toEqual(['unknown-root', 'line 1']);
  });

  it('is refused when its root is another', () => {
    expect(refused('<Letter/>')).toEqual(['unknown-root', 'line 1']);
  });
});

describe('the encoding', () => {
  const declared = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?>\n<Message><Name>Zoë</Name></Message>`;
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
  it.each([
    ['UTF-8', Buffer.from(declared('utf-8'))],
    ['UTF-8 undeclared', Buffer.from('<Message><Name>Zoë</Name></Message>')],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${declared('UTF-8')}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${declared('utf-16')}`, 'utf16le')],
    ['UTF-16, big end first', utf16be(`\uFEFF${declared('UTF-16')}`)],
    ['UTF-16 without a mark', Buffer.from(declared('utf-16le'), 'utf16le')],
    ['Latin 1', Buffer.from(declared('ISO-8859-1'), 'latin1')],
  ])('%s is read', (_, body) => {
    expect(xmlOf(message(body), 'Message').at('Name').text.text()).toBe('Zoë');
    expect(rootNameOf(message(body))).toBe('Message');
  });

  it.each([
    ['UTF-8 declared, Latin 1 sent', Buffer.from(declared('utf-8'), 'latin1')],
    ['UTF-16 declared, UTF-8 sent', Buffer.from(declared('utf-16'))],
    ['UTF-8 declared, UTF-16 sent', Buffer.from(`\uFEFF${declared('utf-8')}`, 'utf16le')],
    ['half a letter of UTF-16', Buffer.from(`\uFEFF${declared('utf-16')}`, 'utf16le').subarray(0, -1)],
    ['one that the hub does not read', Buffer.from(declared('EBCDIC-CP-GB'))],
  ])('%s is refused', (_, body) => {
    expect(refused(body)).toEqual(['xml-encoding', 'line 1']);
  });

  it('inside a CloudEvent is the envelope’s', () => {
    const envelope = JSON.stringify({ data: declared('utf-16') });
    const root = xmlOf(message(envelope, 'application/cloudevents+json'), 'Message');
    expect(root.at('Name').text.text()).toBe('Zoë');
    expect(rootNameOf(message(envelope, 'application/cloudevents+json'))).toBe('Message');
    expect(refusal(() => xmlOf(message('{"data":{}}', 'application/cloudevents+json'), 'Message'))).toEqual(['wrong-type', '/data']); // prettier-ignore
  });

  it('is no document where an object stands, whatever the object calls its own', () => {
    for (const data of [{}, { toString: 1 }, { toString: '<Message>' }, [], 7])
      expect(rootNameOf(message(JSON.stringify({ data }), 'application/cloudevents+json'))).toBeUndefined();
  });
});

describe('a hostile or broken document is refused by name, and soon', () => {
  const entity = (name: string, of: string) => `<!ENTITY ${name} "${`&${of};`.repeat(10)}">`;
  const laughs = `<!DOCTYPE m [<!ENTITY a "${secret}">${entity('b', 'a')}${entity('c', 'b')}${entity('d', 'c')}]><Message>&d;</Message>`; // prettier-ignore
  const big = 10_000_000;
  it.each([
    ['a billion laughs', laughs, 'xml-doctype'],
    [
      'an external entity',
      `<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message>&x;</Message>`,
      'xml-doctype',
    ],
    ['an external DTD', '<!DOCTYPE m SYSTEM "http://127.0.0.1/x.dtd"><Message/>', 'xml-doctype'],
    ['a DOCTYPE in lower case, and late', '<Message/><!doctype m>', 'invalid-xml'],
    ['an entity that nobody declared', '<Message>&x;</Message>', 'invalid-xml'],
    ['deep nesting', '<Message>'.repeat(1_000_000), 'xml-too-deep'],
    ['an element never closed', `<Message><Name>${secret}`, 'invalid-xml'],
    ['elements closed crosswise', '<Message><a><b></a></b></Message>', 'invalid-xml'],
    ['two roots', '<Message/><Message/>', 'invalid-xml'],
    ['an attribute said twice', `<Message a="1" a="${secret}"/>`, 'invalid-xml'],
    ['a prefix without a namespace', '<x:Message/>', 'invalid-xml'],
    ['a sign that XML does not have', '<Message>\u0001</Message>', 'invalid-xml'],
    ['a sign that XML does not have, written out', '<Message>&#1;</Message>', 'invalid-xml'],
    ['nothing', '', 'invalid-xml'],
    ['text', secret, 'invalid-xml'],
    ['ten megabytes of letters', 'x'.repeat(big), 'invalid-xml'],
    ['ten megabytes of noise', Buffer.alloc(big, 0x9f), 'xml-encoding'],
    ['ten megabytes in one text', `<Message>${'x'.repeat(big)}</Message>`, 'xml-too-large'],
    [
      'ten megabytes in one text, in pieces',
      `<Message>${`${'x'.repeat(91)}<!-- -->`.repeat(big / 100)}</Message>`,
      'xml-too-large',
    ],
    ['ten megabytes in one attribute', `<Message a="${'x'.repeat(big)}"/>`, 'xml-too-large'],
    ['attributes without end', `<Message ${Array.from({ length: 100_000 }, (_, at) => `a${at}=""`).join(' ')}/>`, 'xml-too-large'], // prettier-ignore
  ])('%s', (_, body, code) => {
    const started = performance.now();
    const [found, pointer] = refused(body);
    expect(found).toBe(code);
    expect(pointer).toMatch(/^line \d+$/);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('elements without end', () => {
    const many = `<Message>${'<a/>'.repeat(1001)}</Message>`;
    expect(refusal(() => xmlOf(message(many), 'Message', '', { elements: 1000 }))[0]).toBe('xml-too-large');
  });

  it('whatever comes is read, or refused by name', () => {
    const sign = fc.constantFrom('<', '>', '/', '&', ';', '"', '=', ' ', 'a', 'x:', '<!', '[', ']]>', '<?', 'CDATA', 'é', '\n', '<Message>', '</Message>'); // prettier-ignore
    fc.assert(
      fc.property(
        fc.array(sign).map((signs) => signs.join('')),
        fc.boolean(),
        (text, within) => {
          try {
            xmlOf(message(within ? `<Message>${text}</Message>` : text), 'Message');
          } catch (error) {
            expect(error).toBeInstanceOf(BadPart);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
