import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Fact, Message } from '../../kernel/fact.js';
import { missingReturn, type SimulatedEpisode } from '../../simulations/missing-return.js';
import { translate } from '../registry.js';

const episode: SimulatedEpisode = {
  child: '870101',
  birthDate: '2010-05-06',
  kind: 'M',
  start: '2026-01-30',
  end: '2026-02-02',
};
const header = 'CHILD,DOB,MISSING,MIS_START,MIS_END';
const row = '870101,06/05/2010,M,30/01/2026,02/02/2026';

function message(body: string | Uint8Array, change: Partial<Message> = {}): Message {
  return {
    system: 'social-care',
    agency: 'social-care',
    format: 'ssda903.missing',
    contentType: 'text/csv',
    attributes: { observedat: '2026-04-01T09:00:00+01:00' },
    body: typeof body === 'string' ? Buffer.from(body) : body,
    receivedAt: '2026-04-02T10:00:00Z',
    ...change,
  };
}

function factsOf(body: string | Uint8Array, change: Partial<Message> = {}): Fact[] {
  return translate(message(body, change)).items.flatMap((item) => (item.outcome === 'fact' ? [item.fact] : []));
}

describe('a row', () => {
  it('is one episode, on the record of the authority’s own child id', () => {
    const [fact, ...more] = factsOf(missingReturn([episode]));
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      record: { key: '870101', person: { identifiers: [], birthDate: '2010-05-06' } },
      type: 'hub.social_care.v1.MissingEpisodeRecorded',
      key: ['hub.social_care.v1.MissingEpisodeRecorded', '870101', '870101', '2026-01-30'],
      occurred: { at: '2026-01-30', precision: 'date' },
      statedAt: '2026-04-01T08:00:00Z',
      pointer: 'row 2',
    });
    expect(decode(fact?.type ?? '', fact?.data ?? new Uint8Array())).toEqual({
      childId: '870101',
      kind: 'KIND_MISSING',
      startedOn: '2026-01-30',
      endedOn: '2026-02-02',
      person: { birthDate: '2010-05-06' },
    });
  });

  it('keeps absence without authorisation apart from missing', () => {
    const [fact] = factsOf(missingReturn([{ ...episode, kind: 'A' }]));
    expect(decode(fact?.type ?? '', fact?.data ?? new Uint8Array())).toMatchObject({
      kind: 'KIND_AWAY_WITHOUT_AUTHORISATION',
    });
  });

  it('is stated when the hub received the file, where the publisher does not say when it was true', () => {
    expect(factsOf(missingReturn([episode]), { attributes: {} })).toMatchObject([{ statedAt: '2026-04-02T10:00:00Z' }]);
  });

  it('that gains its end in a file sent again is the same fact with other content', () => {
    const { end: _, ...open } = episode;
    const [before] = factsOf(missingReturn([open]));
    const [after] = factsOf(missingReturn([episode]));
    expect(after?.key).toEqual(before?.key);
    expect(after?.data).not.toEqual(before?.data);
    expect(decode(before?.type ?? '', before?.data ?? new Uint8Array())).not.toHaveProperty('endedOn');
  });

  it('withdraws no row that an earlier file had: a file does not say which year it is of', () => {
    expect(translate(message(missingReturn([episode]))).covers).toEqual([]);
  });

  it('is one fact when it is there twice, and for a person to judge when it is there in two ways', () => {
    expect(factsOf(missingReturn([episode, episode]))).toHaveLength(1);
    expect(translate(message(missingReturn([episode, { ...episode, kind: 'A' }]))).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'contradiction' }, pointer: 'row 2' },
      { outcome: 'quarantined', reason: { code: 'contradiction' }, pointer: 'row 3' },
    ]);
  });
});

describe('a row that cannot be read is quarantined, and the others go on', () => {
  it.each([
    ['no child', ',06/05/2010,M,30/01/2026,', 'missing-value'],
    ['no birth date', '870102,,M,30/01/2026,', 'missing-value'],
    ['a birth date that does not exist', '870102,31/02/2010,M,30/01/2026,', 'invalid-date'],
    ['a month that does not exist', '870102,06/05/2010,M,01/13/2026,', 'invalid-date'],
    ['no start', '870102,06/05/2010,M,,02/02/2026', 'missing-value'],
    ['an end that is no date', '870102,06/05/2010,M,30/01/2026,still away', 'invalid-date'],
    ['an end before the start', '870102,06/05/2010,M,30/01/2026,29/01/2026', 'ends-before-start'],
    ['an unknown code', '870102,06/05/2010,X,30/01/2026,', 'unknown-code'],
    ['too few cells', '870102', 'missing-value'],
  ])('%s', (_, bad, code) => {
    const { items } = translate(message([header, row, '', bad].join('\n')));
    expect(items).toMatchObject([{ outcome: 'fact' }, { outcome: 'quarantined', reason: { code }, pointer: 'row 4' }]);
  });
});

describe('a file', () => {
  const plain = factsOf(`${header}\n${row}\n`);
  it.each([
    ['with a byte order mark', `\uFEFF${header}\n${row}\n`],
    ['with Windows line ends', `${header}\r\n${row}\r\n`],
    ['with quotation marks', `${header}\n"870101","06/05/2010","M","30/01/2026","02/02/2026"\n`],
    ['with a header in lower case', `${header.toLowerCase()}\n${row}\n`],
    ['with spaces around its cells', `${header}\n 870101 , 06/05/2010,M ,30/01/2026, 02/02/2026\n`],
    [
      'with columns in another order and one more',
      'DOB,CHILD,NOTE,MISSING,MIS_START,MIS_END\n06/05/2010,870101,x,M,30/01/2026,02/02/2026\n',
    ],
    ['in Windows-1252', Buffer.from(`${header},NOTE\n${row},caf\u00e9\n`, 'latin1')],
    ['without a last line end', `${header}\n${row}`],
    ['inside a CloudEvent', JSON.stringify({ data: `${header}\n${row}` })],
  ])('%s says the same', (name, body) => {
    const contentType = name === 'inside a CloudEvent' ? 'application/cloudevents+json' : 'text/csv';
    expect(factsOf(body, { contentType })).toEqual(plain);
  });

  it('is recognised by its header', () => {
    expect(factsOf(`\uFEFF"CHILD",DOB,MISSING,MIS_START,MIS_END\n${row}`, { format: '' })).toEqual(plain);
    expect(translate(message('CHILD,DOB,PLACE\n', { format: '' })).items).toMatchObject([
      { reason: { code: 'unknown-format' } },
    ]);
  });

  it.each([
    ['nothing in it', '', 'quarantined', 'wrong-header'],
    ['a header and no rows', `${header}\n`, 'ignored', 'no-episodes'],
    ['another header', 'CHILD,SEX,DOB\n1,2,06/05/2010\n', 'quarantined', 'wrong-header'],
    ['a quotation mark that nobody closed', `${header}\n"${row}\n${row}\n`, 'quarantined', 'invalid-csv'],
    ['a quotation mark that swallows rows', `${header}\n"${row}\n${row}"\n`, 'quarantined', 'invalid-csv'],
  ])('with %s has one outcome', (_, body, outcome, code) => {
    expect(translate(message(body)).items).toMatchObject([{ outcome, reason: { code } }]);
  });

  it('observed at no time is quarantined', () => {
    const { items } = translate(message(missingReturn([episode]), { attributes: { observedat: 'yesterday' } }));
    expect(items).toMatchObject([{ outcome: 'quarantined', reason: { code: 'invalid-time' }, pointer: '/observedat' }]);
  });

  it('of a hundred thousand rows gives a fact for each', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ ...episode, child: String(index) }));
    expect(factsOf(missingReturn(many))).toHaveLength(100_000);
  });

  it('gives the same facts in any order of its rows', () => {
    const rows = ['1', '2', '3', '4'].map((child) => ({ ...episode, child }));
    const keys = (some: readonly SimulatedEpisode[]) =>
      factsOf(missingReturn(some))
        .map(({ key }) => key.join())
        .toSorted();
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 4 }), (order) =>
        expect(keys([...order, ...order])).toEqual(keys(rows)),
      ),
    );
  });
});
