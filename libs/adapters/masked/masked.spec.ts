import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Message } from '../../kernel/fact.js';
import { childhood } from '../../simulations/childhood/childhood.js';
import { keptMessage } from '../../simulations/telling.js';
import { betraying, quarantinable, type Betraying } from '../../testing/messages/betraying.js';
import { translate } from '../registry.js';
import { adapterNames } from './adapter-names.js';
import { maskedMessage } from './masked.js';
import { formatShown, nameShown, pointerShown } from './names.js';
import { shapeOf } from './shape.js';

const message = (body: string, contentType: string, more: Partial<Message> = {}): Message => ({
  system: 'police',
  agency: 'police',
  format: '',
  contentType,
  attributes: {},
  body: Buffer.from(body),
  receivedAt: '2026-02-01T22:11:00Z',
  ...more,
});
const shown = (one: Message, ...pointers: string[]): string[] =>
  maskedMessage(one, pointers).lines.map(
    ({ depth, name, value, here }) =>
      '  '.repeat(depth) + [name, value].filter(Boolean).join(': ') + (here ? ' <' : ''),
  );

describe('what is shown of a message', () => {
  it('holds nothing that names anybody, whatever the message is and wherever it says it', () => {
    fc.assert(
      fc.property(quarantinable, fc.array(betraying, { maxLength: 2 }), (one, strangers) => {
        const { items } = translate(one.message);
        const pointers = [
          ...items.flatMap((item) => ('pointer' in item && item.pointer !== undefined ? [item.pointer] : [])),
          ...one.pointers,
          ...strangers.map((text) => `/${text}/0`),
        ];
        const said = JSON.stringify([
          maskedMessage(one.message, pointers),
          pointers.map(pointerShown),
          formatShown(one.message.system, one.message.format),
        ]);
        expect(leaks(said, one)).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  it('keeps a text’s shape', () => {
    expect(shapeOf('Siân O’Dwyer-Ng, 12/3/2009 ☂')).toBe('Xxxx X?Xxxxx-Xx, 99/9/9999 ?');
    expect(shapeOf('q'.repeat(100))).toBe(`${'x'.repeat(60)}… (100 characters)`);
  });

  it('names what the contract and the adapters know, and no key that only the message says', () => {
    const body = JSON.stringify({
      person: { familyName: 'Quill', Quill: { birthDate: '2009-03-12' } },
      hearing: [1, 2, true],
    });
    expect(shown(message(body, 'application/json'), '/person/birthDate')).toEqual([
      '',
      '  person',
      '    familyName: "Xxxxx"',
      '    Xxxxx',
      '      birthDate: "9999-99-99"',
      '    birthDate: not there <',
      '  hearing',
      '    0: 9',
      '    and 2 more',
    ]);
  });

  it('goes into a message within a notification', () => {
    const inner = JSON.stringify({ hearing: { id: 7 }, sharedTime: '12:00' });
    expect(shown(message(JSON.stringify({ Message: inner }), 'application/json'), '/Message/hearing/id')).toEqual([
      '',
      '  Message',
      '    hearing',
      '      id: 9 <',
      '    sharedTime: "99:99"',
    ]);
  });

  it('of a table is the row that is wrong, beside its columns', () => {
    const body = 'CHILD,DOB,Quill\r\nA12,12/03/2009,x\r\nB34,31/02/2009,yes,more\r\n';
    expect(shown(message(body, 'text/csv'), 'row 3')).toEqual([
      'row 1: CHILD, DOB, Xxxxx',
      'row 3 <',
      '  CHILD: X99',
      '  DOB: 99/99/9999',
      '  Xxxxx: xxx',
      '  column 4, beyond the header: xxxx',
    ]);
  });

  it('of XML is the way to the place, and what stands beside it; never an entity', () => {
    const body = `<Message><Children><Child><UPN>A1</UPN></Child><Child><UPN>B2</UPN><Quill a="Quill">Quill</Quill></Child></Children></Message>`;
    expect(shown(message(body, 'application/xml'), 'line 1: /Message/Children/Child[2]/UPN')).toEqual([
      'Message',
      '  Children',
      '    Child[2]',
      '      UPN: X9 <',
      '      Xxxxx: Xxxxx',
      '        @x: Xxxxx',
    ]);
    const hostile = '<!DOCTYPE a [<!ENTITY b "Quill">]><Message>&b;</Message>';
    expect(shown(message(hostile, 'application/xml'), 'line 1')).toEqual([
      'line 1: a DOCTYPE, which the hub does not read <',
    ]);
  });

  it('ends, however long or deep the message is', () => {
    for (const body of [
      `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
      JSON.stringify(Array.from({ length: 50_000 }, (_, n) => ({ n }))),
      `<a>${'<b>'.repeat(3_000)}`,
      `<a>${'<b/>'.repeat(100_000)}</a>`,
      'a,b\n'.repeat(100_000),
    ])
      for (const pointer of ['', 'row 70000', '/40000/n', 'line 1: /a/b[90000]'])
        expect(maskedMessage(message(body, ''), [pointer]).lines.length).toBeLessThan(400);
  });
});

describe('the names that may be shown', () => {
  it('are all in the adapters’ own source', () => {
    const source = readdirSync('libs/adapters', { recursive: true })
      .map((path) => join('libs/adapters', String(path)))
      .filter((path) => path.endsWith('.ts') && !path.includes('masked'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    expect(adapterNames.filter((name) => !source.includes(name))).toEqual([]);
  });

  it('are those of the messages that agencies send', () => {
    const json = childhood('2026-05-01T12:00:00Z').flatMap((telling) => {
      const { body, contentType } = keptMessage(telling, '2026-05-01T12:00:00Z');
      return contentType.includes('json') ? [...namesIn(JSON.parse(Buffer.from(body).toString()))] : [];
    });
    const masked = [...new Set(json.filter((name) => nameShown(name) !== name))];
    expect(masked.length / new Set(json).size).toBeLessThan(0.2);
  });
});

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return Object.entries(value).flatMap(([name, member]) => [name, ...namesIn(member)]);
}

function leaks(said: string, { betrays }: Betraying): string[] {
  return betrays.filter((text) => said.includes(text));
}
