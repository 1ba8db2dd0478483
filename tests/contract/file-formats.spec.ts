import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { missingReturn, type SimulatedEpisode } from '../../libs/simulations/missing-return.js';
import { zip } from '../../libs/testing/files/zip.js';
import { startDropping, type Dropping, type Row } from './dropped.js';

// Each import is a process of its own: on a machine with much else to do eight of them take longer than a minute.
jest.setTimeout(240_000);

const HEADER = 'CHILD,DOB,MISSING,MIS_START,MIS_END';
let children = 700_000;

/** `hub import` of NDJSON, XML and ZIP, and of what is none of these. */
describe('hub import', () => {
  let drop: Dropping;
  beforeAll(async () => {
    drop = await startDropping();
  }, 120_000);
  afterAll(async () => drop.stop());

  const outcomesOf = (rows: readonly Row[]): string[] =>
    rows.map(({ place, outcome, reason }) => [place, outcome, ...(reason === undefined ? [] : [reason])].join(' '));

  it('a header only says so; an empty file, bytes and a folder are refused with a reason', async () => {
    const header = await drop.bring(await drop.file('header.csv', `${HEADER}\n`));
    expect({ code: header.code, rows: outcomesOf(header.rows) }).toEqual({
      code: 0,
      rows: ['file ignored no-episodes'],
    });
    const before = await drop.messages();
    for (const [name, content, code] of [
      ['empty.csv', '', 'empty'],
      ['sheet.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'not-text'],
      ['utf16.csv', Buffer.from(`\uFEFF${HEADER}\n`, 'utf16le'), 'not-text'],
      ['array.json', '[{"a":1}]', 'not-lines'],
      ['pretty.json', '{\n  "a": 1\n}', 'not-lines'],
    ] as const) {
      const { code: exit, report } = await drop.bring(await drop.file(name, content));
      expect({ name, exit, code: report.refused?.code }).toEqual({ name, exit: 2, code });
    }
    expect((await drop.bring(drop.folder)).report.refused?.code).toBe('unreadable');
    expect((await drop.bring('/nowhere/at/all.csv')).report.refused?.code).toBe('unreadable');
    expect(await drop.messages()).toBe(before);
  });

  it('NDJSON: events by their own ids, other lines natively, each line with its own answer', async () => {
    const event = (id: string, more: object = {}): string =>
      JSON.stringify({
        specversion: '1.0',
        id,
        source: 'social-care',
        type: 'hub.social_care.v1.MissingEpisodeRecorded',
        subject: id,
        time: '2026-01-30T00:00:00Z',
        data: { childId: id, kind: 'KIND_MISSING', startedOn: '2026-01-30' },
        ...more,
      });
    const [message] = [children++];
    const lines = [
      event(`line a ${message}`),
      '',
      event(`line b ${message}`, { source: 'police' }),
      '{"not":"an event"}',
      'no JSON at all',
      event(`line a ${message}`),
      event(`line c ${message}`),
    ];
    const { code, rows } = await drop.bring(await drop.file('events.ndjson', `\uFEFF${lines.join('\r\n')}\r\n`));
    expect({ code, rows: outcomesOf(rows) }).toEqual({
      code: 1,
      rows: [
        'line 1 recorded',
        'line 3 refused other-source',
        'line 4 quarantined unknown-format',
        'line 5 quarantined unknown-format',
        'line 6 recorded',
        'line 7 recorded',
      ],
    });
    expect(rows[4]?.receipt).toBe(rows[0]?.receipt);
  });

  it('XML goes whole; larger than a message it is refused', async () => {
    const { code, rows } = await drop.bring(await drop.file('census.xml', '<?xml version="1.0"?><Unknown/>'));
    expect({ code, places: rows.map(({ place }) => place) }).toEqual({ code: 1, places: ['file'] });
    const large = await drop.bring(await drop.file('large.xml', `<a>${'x'.repeat(10 * 1_048_576)}</a>`));
    expect({ code: large.code, refused: large.report.refused?.code }).toEqual({ code: 2, refused: 'too-large' });
  });

  it('ZIP: each file in it as if it came alone, with the same receipts', async () => {
    const [one, two] = [missingReturn(episodes(3)), missingReturn(episodes(510))];
    const alone = await drop.bring(await drop.file('alone.csv', two));
    const { code, report, rows } = await drop.bring(
      await drop.file(
        'both.zip',
        zip([
          { name: 'a/', content: '' },
          { name: 'a/one.csv', content: one },
          { name: 'two.csv', content: two },
        ]),
      ),
    );
    expect({ code, report }).toMatchObject({ code: 0, report: { kind: 'zip', outcomes: { recorded: 513 } } });
    expect(rows.filter(({ entry }) => entry === 3).map(({ receipt }) => receipt)).toEqual(
      alone.rows.map(({ receipt }) => receipt),
    );
    expect(rows[0]).toMatchObject({ entry: 2, name: 'a/one.csv', place: 'row 2' });
  });

  it.each([
    ['bomb', [{ name: 'a.csv', content: Buffer.alloc(20 * 1_048_576, 'a') }]],
    ['hostile-name', [{ name: '../../etc/cron.d/a.csv', content: HEADER }]],
    ['hostile-name', [{ name: '/etc/a.csv', content: HEADER }]],
    ['hostile-name', [{ name: '..\\a.csv', content: HEADER }]],
    ['nested', [{ name: 'a.zip', content: zip([{ name: 'b.csv', content: HEADER }]) }]],
    ['damaged', [{ name: 'a.csv', content: `${HEADER}\n`, lie: { crc: 1 } }]],
    ['damaged', [{ name: 'a.csv', content: `${HEADER}\n`, lie: { size: 5 } }]],
    ['too-many', Array.from({ length: 1_001 }, (_, at) => ({ name: `${at}.csv`, content: HEADER }))],
    ['empty', []],
  ])('ZIP: %s is refused whole, and nothing of it is kept', async (refused, files) => {
    const before = await drop.messages();
    const good =
      files.length > 1_000 || files.length === 0 ? [] : [{ name: 'good.csv', content: missingReturn(episodes(1)) }];
    const { code, report } = await drop.bring(await drop.file('hostile.zip', zip([...good, ...files])));
    expect({ code, refused: report.refused?.code }).toEqual({ code: 2, refused });
    expect(await drop.messages()).toBe(before);
  });

  it('ZIP: files that share their bytes, and half an archive, are refused', async () => {
    const whole = zip([{ name: 'a.csv', content: missingReturn(episodes(50)) }]);
    for (const [bytes, expected] of [
      [whole.subarray(0, whole.length - 30), 'damaged'],
      [overlapping(), 'bomb'],
    ] as const) {
      const { code, report } = await drop.bring(await drop.file('broken.zip', bytes));
      expect({ code, refused: report.refused?.code }).toEqual({ code: 2, refused: expected });
    }
  });
});

/** So many episodes, each of a child nobody has brought before. */
function episodes(count: number): SimulatedEpisode[] {
  return Array.from({ length: count }, () => {
    children += 1;
    return { child: String(children), birthDate: '2010-05-06', kind: 'M', start: '2026-01-30', end: '2026-02-02' };
  });
}

/** Two entries of the directory point to the same bytes. */
function overlapping(): Buffer {
  const one = zip([
    {
      name: 'a.csv',
      content: missingReturn(
        Array.from({ length: 50 }, (_, at) => ({
          child: String(at),
          birthDate: '2010-05-06',
          kind: 'M' as const,
          start: '2026-01-30',
        })),
      ),
    },
  ]);
  const start = one.readUInt32LE(one.length - 6);
  const directory = one.subarray(start, one.length - 22);
  const end = Buffer.from(one.subarray(one.length - 22));
  end.writeUInt16LE(2, 8);
  end.writeUInt16LE(2, 10);
  end.writeUInt32LE(2 * directory.length, 12);
  return Buffer.concat([one.subarray(0, start), directory, directory, end]);
}
