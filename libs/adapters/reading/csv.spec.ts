import { describe, expect, it } from '@jest/globals';
import { sentBy } from '../../testing/translation/sent-by.js';
import { BadPart } from './bad-part.js';
import { columnsOf, csvOf } from './csv.js';

const rows = (body: string | Uint8Array) => csvOf(sentBy('social-care', body), ['CHILD', 'DOB']).rows;
const plain = (body: string | Uint8Array) => rows(body).map((row) => [row.pointer, row.text('CHILD'), row.day('DOB')]);

function refusal(read: () => unknown): readonly [string, string | undefined] {
  try {
    read();
  } catch (error) {
    if (error instanceof BadPart) return [error.code, error.pointer];
    throw error;
  }
  throw new Error('it was read');
}

describe('a table', () => {
  it.each([
    ['plain', 'CHILD,DOB\n1,06/05/2010\n'],
    ['with a byte order mark and Windows line ends', '\uFEFFCHILD,DOB\r\n1,06/05/2010\r\n'],
    ['with the line ends of old Macs', 'CHILD,DOB\r1,06/05/2010\r'],
    ['with quotation marks and spaces', '"CHILD", dob\n "1" ,"06/05/2010"'],
    ['with days as other systems write them', 'CHILD,DOB\n1,2010-05-06\n'],
    ['with cells that no column names', 'CHILD,DOB\n1,06/05/2010,x,y\n'],
  ])('%s is read', (_, body) => {
    expect(plain(body)).toEqual([['row 2', '1', '2010-05-06']]);
  });

  it('counts blank rows, and says nothing of them', () => {
    expect(plain('CHILD,DOB\n\n1,06/05/2010\n,\n \n2,\n')).toEqual([
      ['row 3', '1', '2010-05-06'],
      ['row 6', '2', ''],
    ]);
  });

  it('ends its first line where a quotation mark does not hide the end', () => {
    expect(plain('CHILD,DOB,"Seen\nby"\r\n1,06/05/2010,x\r\n2,,\r\n')).toEqual([
      ['row 3', '1', '2010-05-06'],
      ['row 4', '2', ''],
    ]);
  });

  it('names the place of what is wrong, and never says what it is', () => {
    const [row] = rows('CHILD,DOB\n,31/02/2010\n');
    expect(refusal(() => row?.required('CHILD'))).toEqual(['missing-value', 'row 2']);
    expect(refusal(() => row?.day('DOB'))).toEqual(['invalid-date', 'row 2']);
    expect(refusal(() => row?.coded('DOB', { A: 'Away' }))).toEqual(['unknown-code', 'row 2']);
  });

  it('knows its columns by the first line, however it is written', () => {
    expect(columnsOf(sentBy('social-care', '\uFEFF"CHILD", dob\r\n1,2'))).toEqual(['CHILD', 'DOB']);
    expect(columnsOf(sentBy('social-care', '{"data":7}', { contentType: 'application/cloudevents+json' }))).toEqual([]);
  });
});

describe('a hostile or broken table is refused by name, and soon', () => {
  const header = 'CHILD,DOB\n';
  it.each([
    ['without a column', 'CHILD,SEX\n1,2\n', 'wrong-header'],
    ['with a column twice', 'CHILD,DOB,CHILD\n1,06/05/2010,2\n', 'wrong-header'],
    ['with a quotation mark that nobody closed', `${header}"1,06/05/2010\n2,06/05/2010\n`, 'invalid-csv'],
    ['with a quotation mark that swallows rows', `${header}"1,x\n2",06/05/2010\n`, 'invalid-csv'],
    ['with marks in every cell', `${header}${'"x,'.repeat(1_000_000)}`, 'invalid-csv'],
    ['with millions of rows that are none', `${header}${'x\n'.repeat(2_000_000)}`, 'invalid-csv'],
  ])('%s', (_, body, code) => {
    const started = performance.now();
    expect(refusal(() => rows(body))[0]).toBe(code);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  it('a cell longer than any value costs its own row', () => {
    const [first, second] = rows(`${header}${'x'.repeat(5_000_000)},06/05/2010\n2,06/05/2010\n`);
    expect(refusal(() => first?.text('CHILD'))).toEqual(['value-too-long', 'row 2']);
    expect(second?.text('CHILD')).toBe('2');
  });

  it('millions of blank rows are none', () => {
    expect(rows(`${header}${'\n'.repeat(5_000_000)}`)).toEqual([]);
  });
});
