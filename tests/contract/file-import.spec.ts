import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { missingReturn, type SimulatedEpisode } from '../../libs/simulations/missing-return.js';
import { tokenFrom } from '../../libs/testing/hub/process.js';
import { startDropping, type Dropping } from './dropped.js';

// Each import is a process of its own: on a machine with much else to do eight of them take longer than a minute.
jest.setTimeout(240_000);

const HEADER = 'CHILD,DOB,MISSING,MIS_START,MIS_END';
/** Rows so wide that a few are more than a message takes, and none ends where a chunk of the file does: cut like 500 others, and soon recorded. */
const WIDE_HEADER = `${HEADER},NOTE`;
const wide = (cells: string): string => `${cells},${'x'.repeat(20_000)}`;
let children = 500_000;

/** `hub import`: files through the doors of a running hub, a receipt for every row. */
describe('hub import', () => {
  let drop: Dropping;
  beforeAll(async () => {
    drop = await startDropping();
  }, 120_000);
  afterAll(async () => drop.stop());

  /** So many episodes, each of a child nobody has brought before. */
  const episodes = (count: number): SimulatedEpisode[] =>
    Array.from({ length: count }, () => {
      children += 1;
      return { child: String(children), birthDate: '2010-05-06', kind: 'M', start: '2026-01-30', end: '2026-02-02' };
    });
  const row = (change: Partial<SimulatedEpisode> = {}): string =>
    missingReturn([{ ...episodes(1)[0]!, ...change }]).split('\r\n')[1] ?? '';

  it('CSV: a receipt for each row, in pieces, with the rows numbered as a spreadsheet does; the same again is nothing new', async () => {
    const path = await drop.file('first.csv', missingReturn(episodes(1_034)));
    const before = await drop.messages();
    const first = await drop.bring(path);
    expect(first).toMatchObject({ code: 0, report: { kind: 'csv', messages: 3, outcomes: { recorded: 1_034 } } });
    expect(first.rows.map(({ place }) => place)).toEqual(Array.from({ length: 1_034 }, (_, at) => `row ${at + 2}`));
    expect(new Set(first.rows.map(({ receipt }) => receipt)).size).toBe(3);
    expect(await drop.messages()).toBe(before + 3);

    const events = await drop.events();
    const again = await drop.bring(path);
    expect(again.rows).toEqual(first.rows);
    const copy = await drop.file('by another name.txt', readFileSync(path));
    expect((await drop.bring(copy)).rows).toEqual(first.rows);
    expect([await drop.messages(), await drop.events()]).toEqual([before + 3, events]);
  });

  it('two importers of one file at once bring it once', async () => {
    const path = await drop.file('twice.csv', missingReturn(episodes(510)));
    const other = await drop.file('twice too.csv', readFileSync(path));
    const [messages, events] = [await drop.messages(), await drop.events()];
    const [one, two] = await Promise.all([drop.bring(path), drop.bring(other)]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(two.rows).toEqual(one.rows);
    expect([await drop.messages(), await drop.events()]).toEqual([messages + 2, events + 510]);
  });

  it('a short CSV is one message: the one that the native door would have had', async () => {
    const text = missingReturn(episodes(2));
    const { rows } = await drop.bring(await drop.file('short.csv', text));
    const answer = await fetch(`${drop.hub.url}/v1/native/social-care`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenFrom(drop.hub.url, 'social-care')}`, 'content-type': 'text/csv' },
      body: text,
    });
    expect(((await answer.json()) as { receipts: { id: string }[] }).receipts[0]?.id).toBe(rows[0]?.receipt);
  });

  it.each([
    ['a byte order mark', (rows: string[]) => `\uFEFF${[WIDE_HEADER, ...rows].join('\r\n')}\r\n`],
    ['Unix line ends, and none after the last', (rows: string[]) => [WIDE_HEADER, ...rows].join('\n')],
    ['old Macintosh line ends', (rows: string[]) => [WIDE_HEADER, ...rows].join('\r')],
    ['quotation marks everywhere', (rows: string[]) => [WIDE_HEADER, ...rows].map(quoted).join('\r\n')],
    [
      'a column nobody knows',
      (rows: string[]) => [`${WIDE_HEADER},MORE`, ...rows.map((one) => `${one},"a ""b"", c"`)].join('\n'),
    ],
  ])('CSV with %s is cut where its rows end', async (_, written) => {
    const rows = Array.from({ length: 20 }, () => wide(row()));
    const brought = await drop.bring(await drop.file('written.csv', written(rows)));
    expect(brought).toMatchObject({ code: 0, report: { messages: 2, outcomes: { recorded: 20 } } });
    expect(brought.rows.at(-1)?.place).toBe('row 21');
  });

  it('a poison row in the middle harms no other: its number is the one in the file, blank lines counted', async () => {
    const rows = Array.from({ length: 30 }, () => wide(row()));
    rows[25] = wide('870102,31/02/2010,M,30/01/2026,');
    rows.splice(10, 0, '', ' , ');
    const {
      code,
      report,
      rows: said,
    } = await drop.bring(await drop.file('poison.csv', [WIDE_HEADER, ...rows, '', ''].join('\n')));
    expect({ code, messages: report.messages, outcomes: report.outcomes }).toEqual({
      ...{ code: 1, messages: 3, outcomes: { recorded: 29, quarantined: 1 } },
    });
    expect(said.filter(({ outcome }) => outcome === 'quarantined')).toMatchObject([
      { place: 'row 29', reason: 'invalid-date' },
    ]);
    expect(said.some(({ place }) => place === 'row 12' || place === 'row 13')).toBe(false);
  });

  it.each([
    ['that nobody closed', '"870102,06/05/2010,M,30/01/2026,', 1],
    ['with text behind it', '870102,"06/05/2010" x,M,30/01/2026,', 1],
    ['over several lines', '870102,"06/05/\n2010",M,30/01/2026,', 1],
  ])('a quotation mark %s harms its own row only', async (_, bad, wrong) => {
    const rows = Array.from({ length: 40 }, () => row());
    rows[20] = bad;
    const { code, report, rows: said } = await drop.bring(await drop.file('quotes.csv', [HEADER, ...rows].join('\n')));
    expect({ code, outcomes: report.outcomes }).toEqual({ code: 1, outcomes: { recorded: 39, quarantined: wrong } });
    expect(report.messages).toBe(3);
    expect(said.find(({ outcome }) => outcome === 'quarantined')?.place).toBe('row 22');
    expect(said.at(-1)?.place).toBe('row 41');
  });

  it('unknown columns: every row says why it could not be read', async () => {
    const rows = Array.from({ length: 20 }, (_, at) => wide(String(at)));
    const {
      code,
      report,
      rows: said,
    } = await drop.bring(await drop.file('unknown.csv', ['ONE,TWO', ...rows].join('\n')));
    expect({ code, messages: report.messages, outcomes: report.outcomes }).toEqual({
      code: 1,
      messages: 2,
      outcomes: { quarantined: 20 },
    });
    expect(new Set(said.map(({ reason }) => reason))).toEqual(new Set(['unknown-format']));
  });

  it('--try says of each row what it would become, and nothing of it is kept', async () => {
    const rows = Array.from({ length: 505 }, () => row());
    rows[501] = '870102,31/02/2010,M,30/01/2026,';
    const path = await drop.file('tried.csv', [HEADER, ...rows].join('\n'));
    const lines = await drop.file('tried.ndjson', '{"specversion":"1.0"}\n');
    const before = [await drop.messages(), await drop.events()];
    const { code, report, rows: said } = await drop.bring(path, '--try');
    expect({ code, messages: report.messages, outcomes: report.outcomes }).toEqual({
      ...{ code: 1, messages: 2, outcomes: { recorded: 504, quarantined: 1 } },
    });
    expect(said[501]).toMatchObject({ place: 'row 503', outcome: 'quarantined', reason: 'invalid-date' });
    expect(said[0]).toEqual({
      ...{ place: 'row 2', outcome: 'recorded', fact: 'hub.social_care.v1.MissingEpisodeRecorded' },
    });
    expect((await drop.bring(lines, '--try')).rows).toMatchObject([{ place: 'line 1', outcome: 'refused' }]);
    const good = await drop.file('good.csv', missingReturn(episodes(2)));
    const { code: fine, stdout } = await drop.run('import', good, '--system', 'social-care', '--try');
    expect([fine, stdout]).toEqual([0, expect.stringMatching(/1 messages tried and nothing recorded.*2 recorded\n$/)]);
    expect((await drop.run('import', '/nowhere/at/all.csv', '--system', 'social-care', '--try')).code).toBe(2);
    expect([await drop.messages(), await drop.events()]).toEqual(before);
    expect(existsSync(`${path}.receipts.ndjson`)).toBe(false);
  });

  it('history: the events say so', async () => {
    const { rows } = await drop.bring(await drop.file('old.csv', missingReturn(episodes(2))), '--history');
    const { rows: events } = await drop.parts.database.query<{ history: string }>(
      `select meta ->> 'history' as history from log_events where id = any($1)`,
      [rows.map(({ eventId }) => eventId)],
    );
    expect(events).toEqual([{ history: 'true' }, { history: 'true' }]);
  });

  it('a file said to be of another time, or of another format, is another; of somebody unknown it is not taken', async () => {
    const rows = Array.from({ length: 20 }, () => wide(row()));
    const path = await drop.file('seen.csv', [WIDE_HEADER, ...rows].join('\n'));
    const { rows: said } = await drop.bring(path, '--observed-at', '2026-03-01T00:00:00Z');
    const later = await drop.bring(path, '--observed-at', '2026-03-02T00:00:00Z');
    expect(later.rows[0]?.receipt).not.toBe(said[0]?.receipt);
    expect(later.report).toMatchObject({ messages: 2, outcomes: { unchanged: 20 } });
    expect((await drop.run('import', path, '--system', 'nobody')).code).toBe(2);
    expect((await drop.run('import', path, '--system', 'social-care', '--observed-at', 'then')).code).toBe(2);
    expect((await drop.run('import', path)).code).toBe(2);
  });
});

const quoted = (line: string): string =>
  line
    .split(',')
    .map((cell) => `"${cell}"`)
    .join(',');
