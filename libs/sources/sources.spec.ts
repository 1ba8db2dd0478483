import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '../kernel/instant.js';
import { cadenceInWords, usualSources, type Cadence } from './cadence.js';
import { signOfMissing } from './may-be-missing.js';
import { silentFrom } from './silence.js';
import { readSourceBook, SourceBookError } from './source-book.js';

const hourly: Cadence = {
  system: 'police',
  format: '',
  days: 'every-day',
  from: '00:00',
  to: '24:00',
  silentAfterHours: 3,
};
const court: Cadence = {
  ...hourly,
  system: 'court',
  days: 'working-days',
  from: '09:00',
  to: '18:00',
  silentAfterHours: 9,
};
const from = (heard: string, cadence: Cadence, away: readonly [string, string][] = [], holidays: string[] = []) => {
  const outages = away.map(([begin, end]) => ({ from: Date.parse(begin), to: Date.parse(end) }));
  return instant(new Date(silentFrom(Date.parse(heard), cadence, outages, holidays)).toISOString());
};

describe('a source is silent', () => {
  it('once the time it is expected in has gone by', () => {
    expect(from('2026-11-24T10:00:00Z', hourly)).toBe('2026-11-24T13:00:00Z');
    // Heard at noon on a Friday: six hours that day, three on Monday.
    expect(from('2026-11-27T12:00:00Z', court)).toBe('2026-11-30T12:00:00Z');
  });

  it('never over a weekend, a bank holiday or a day declared one', () => {
    expect(from('2026-12-24T18:00:00Z', court)).toBe('2026-12-29T18:00:00Z');
    expect(from('2026-11-27T12:00:00Z', court, [], ['2026-11-30'])).toBe('2026-12-01T12:00:00Z');
  });

  it('by London’s clocks, also in the night when they change', () => {
    expect(from('2026-06-05T11:00:00Z', court)).toBe('2026-06-08T11:00:00Z');
    expect(from('2026-10-25T00:00:00Z', { ...hourly, from: '00:00', to: '06:00', silentAfterHours: 7 })).toBe(
      '2026-10-26T01:00:00Z',
    );
  });

  it('not by the time the hub itself was away', () => {
    expect(from('2026-11-24T10:00:00Z', hourly, [['2026-11-24T11:00:00Z', '2026-11-24T15:30:00Z']])).toBe(
      '2026-11-24T17:30:00Z',
    );
    expect(from('2026-11-24T10:00:00Z', hourly, [['2026-11-23T11:00:00Z', '2026-11-24T11:00:00Z']])).toBe(
      '2026-11-24T14:00:00Z',
    );
  });

  it('later when heard later, and later by any outage, whatever the outages and their order', () => {
    const time = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
    const span = fc
      .tuple(time, fc.integer({ min: 0, max: 5 * 86_400_000 }))
      .map(([at, ms]) => ({ from: at, to: at + ms }));
    fc.assert(
      fc.property(time, fc.nat(86_400_000), fc.array(span, { maxLength: 4 }), span, (heard, later, away, more) => {
        const silent = silentFrom(heard, court, away);
        expect(silent).toBeGreaterThanOrEqual(heard + court.silentAfterHours * 3_600_000);
        expect(silentFrom(heard + later, court, away)).toBeGreaterThanOrEqual(silent);
        expect(silentFrom(heard, court, [more, ...away])).toBeGreaterThanOrEqual(silent);
        expect(silentFrom(heard, court, away.toReversed())).toBe(silent);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a message may report a missing child', () => {
  const bytes = (text: string) => Buffer.from(text);
  const sign = (format: string, body: Uint8Array, mayReport = false, contentType = 'application/json') =>
    signOfMissing({ format, contentType, body }, mayReport);

  it('when its type says so, even where not a byte can be read', () => {
    expect(sign('hub.police.v1.MissingReported', new Uint8Array([0, 1]))).toBe('type');
    expect(sign('ssda903.missing', bytes(''))).toBe('type');
    expect(sign('force.misper-alert', bytes('{}'))).toBe('type');
  });

  it('when its words say so, in any spelling of bytes, whatever system it comes from', () => {
    expect(sign('', bytes('{"note":"Has ABSCONDED from placement"}'))).toBe('words');
    expect(sign('', bytes('child has not returned since Friday'), false, 'text/plain')).toBe('words');
    expect(sign('', Buffer.from('\ufeffwhereabouts unknown', 'utf16le'), false, 'text/plain')).toBe('words');
    expect(sign('', Buffer.from('b\xe9b\xe9 missing', 'latin1'), false, 'text/plain')).toBe('words');
  });

  it('when nobody can read it, and its system reports missing children', () => {
    for (const body of [new Uint8Array([0, 255, 1]), new Uint8Array(), bytes('{"half":'), bytes('   ')]) {
      expect(sign('', body, true)).toBe('unreadable');
      expect(sign('', body, false)).toBeUndefined();
    }
  });

  it('not when the contract says what it is, or nothing says so', () => {
    expect(sign('hub.police.v1.Arrested', bytes('{"note":"missing teeth"}'), true)).toBeUndefined();
    expect(sign('hub.social-care.v1.PlacementRecorded', new Uint8Array([0]), true)).toBeUndefined();
    expect(sign('crime-record', bytes('{"note":"dismissing"}'), true)).toBeUndefined();
  });
});

describe('the file of sources', () => {
  it('as shipped is one that could be written by hand, and says each in words', () => {
    expect(readSourceBook(JSON.stringify(usualSources))).toMatchObject(usualSources);
    expect(cadenceInWords(court)).toBe('working days, 09:00 to 18:00; late after 9 hours of that time');
    expect(cadenceInWords({ ...hourly, silentAfterHours: 1 })).toBe('every day; late after 1 hour of that time');
  });

  it('names every place that is wrong, and no value', () => {
    const wrong = {
      cadences: [
        { system: 'secret-system', days: 'sometimes', silentAfterHours: 'long' },
        { system: 'police', days: 'every-day', silentAfterHours: 1, colour: 'red' },
      ],
      mayReportMissing: ['secret-system'],
      holidays: ['2026-13-01'],
    };
    const read = (): unknown => readSourceBook(JSON.stringify(wrong));
    expect(read).toThrow(
      /cadences\.0\.system.*cadences\.0\.days.*silentAfterHours.*colour.*mayReportMissing.*holidays/s,
    );
    expect(read).not.toThrow(/secret/);
    for (const text of ['', '[]', '{"cadences":1}', '{']) expect(() => readSourceBook(text)).toThrow(SourceBookError);
  });

  it('is refused where it contradicts itself', () => {
    const twice = { cadences: [hourly, hourly, { ...court, from: '18:00', to: '09:00' }] };
    expect(() => readSourceBook(JSON.stringify(twice))).toThrow(/cadences\.1.*twice.*cadences\.2.*before/s);
  });
});
