import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { zip, type Zipped } from '../../../libs/testing/files/zip.js';
import { archiveOf } from './try-archive-model.js';
import { tryMessage, type Typed } from './try-message.js';

const HEADER = 'CHILD,DOB,MISSING,MIS_START,MIS_END';
const typed: Typed = { system: 'social-care', kind: 'event', format: '', subject: '', observedAt: '', message: '' };
const attempt = async (files: readonly Zipped[]) =>
  tryMessage({ ...typed, file: { name: 'all.zip', bytes: zip(files) } }, 'social-care', 'c', '2026-03-01T00:00:00Z');
const archive = async (files: readonly Zipped[]) => {
  const tried = await attempt(files);
  return 'archive' in tried ? archiveOf(tried.archive) : tried;
};
const rows = (count: number): string[] => Array.from({ length: count }, (_, at) => `${at},06/05/2010,M,01/02/2026,`);
const table = (name: string, all: readonly string[]): Zipped => ({ name, content: [HEADER, ...all].join('\n') });

describe('an archive that is tried', () => {
  it('is the messages that the file drop would send, with rows numbered as in their files, what goes wrong first', async () => {
    const bad = rows(505).with(502, '7,x,M,01/02/2026,');
    const tried = await archive([table('a.csv', bad), { name: 'b/', content: '' }, table('b/c.csv', rows(2))]);
    expect(tried).toMatchObject({
      files: 2,
      messages: 3,
      counts: [
        { state: { name: 'Would be recorded' }, messages: 2 },
        { state: { name: 'Would be recorded in part' }, messages: 1 },
      ],
      rows: [
        { file: 1, place: 'rows 502 to 506', events: 4, whys: [{ code: 'invalid-date', pointer: 'row 504' }] },
        { file: 1, place: 'rows 2 to 501', events: 500, whys: [] },
        { file: 3, place: 'rows 2 to 3', events: 2, whys: [] },
      ],
      more: 0,
    });
  });

  it('says of a line that the door would not take why, and of the others what they would be', async () => {
    const lines = ['{"specversion":"1.0","id":"a"}', '{"not":"an event"}'];
    expect(await archive([{ name: 'a.ndjson', content: lines.join('\n') }])).toMatchObject({
      rows: [
        { place: 'line 1', state: { name: 'Not taken' }, whys: [{ outcome: 'Refused by the door' }] },
        { place: 'line 2', state: { name: 'Would be refused' }, whys: [{ code: 'unknown-format' }] },
      ],
    });
  });

  it.each<[string, readonly Zipped[]]>([
    ['bomb', [{ name: 'a.csv', content: Buffer.alloc(9 * 1_048_576, 'a') }]],
    ['hostile-name', [table('../a.csv', rows(1))]],
    ['nested', [{ name: 'a.zip', content: zip([table('b.csv', rows(1))]) }]],
    ['damaged', [{ ...table('a.csv', rows(1)), lie: { crc: 1 } }]],
    ['too-large', Array.from({ length: 11 }, (_, at) => ({ name: `${at}`, content: randomBytes(720_000).toString('base64') }))], // prettier-ignore
    ['too-many', [{ name: 'a.ndjson', content: '{"a":1}\n'.repeat(1_001) }]],
    ['not-text', [table('a.csv', rows(1)), { name: 'b', content: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]) }]],
    ['empty', []],
  ])('is refused whole: %s', async (code, files) => {
    const good = files.length === 0 ? [] : [table('good.csv', rows(1))];
    expect(await attempt([...good, ...files])).toEqual({
      fault: { field: 'file', code, text: expect.stringMatching(/^The selected archive would be refused: /) },
    });
  });
});
