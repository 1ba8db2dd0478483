import { describe, expect, it } from '@jest/globals';
import type { Agency } from '../kernel/agency.js';
import type { Message } from '../kernel/fact.js';
import { cinCensus } from '../simulations/cin-census.js';
import { missingReturn } from '../simulations/missing-return.js';
import { sentBy } from '../testing/translation/sent-by.js';
import { translate } from './registry.js';
import { tried } from './tried.js';

function fieldsOf(agency: Agency, body: string, change: Partial<Message> = {}) {
  const { receivedAt, ...message } = sentBy(agency, body, change);
  const { fields } = tried({ ...message, messageId: 'm-1', canonical: message.body, correlation: '' }, receivedAt);
  return Object.fromEntries(fields.map(({ field, read }) => [field, read]));
}

describe('the fields of a message that is tried', () => {
  it('of a table are its columns: those that an adapter reads, and those that it leaves alone', () => {
    const table = missingReturn([{ child: '1', birthDate: '2010-05-06', kind: 'M', start: '2026-02-01' }])
      .replace('CHILD,', 'CHILD,URN,SEX,')
      .replace('1,06', '1,SC1,,06');
    expect(fieldsOf('social-care', table)).toEqual({
      CHILD: true,
      URN: false,
      DOB: true,
      MISSING: true,
      MIS_START: true,
    });
  });

  it('of a document are its elements', () => {
    const census = cinCensus([{ id: 'CH1', birthDate: '2010-05-06', cases: [{ referredOn: '2025-06-01' }] }]);
    const fields = fieldsOf('social-care', census.replace('</LAchildID>', '</LAchildID><Weather>rain</Weather>'));
    expect(fields).toMatchObject({
      '/Message/Children/Child/ChildIdentifiers/LAchildID': true,
      '/Message/Children/Child/ChildIdentifiers/Weather': false,
      '/Message/Header/CollectionDetails/Year': false,
    });
  });

  it('of records are theirs, wherever in the list', () => {
    const records = [
      { kind: 'missing-report', child: '7', at: '2026-02-01T10:00:00Z', report_reference: 'R1' },
      { kind: 'missing-report', child: '7', at: '2026-02-02T10:00:00Z', report_reference: 'R2', weather: 'rain' },
    ];
    expect(fieldsOf('social-care', JSON.stringify({ records, madeBy: 'report 7', empty: '', none: null }))).toEqual({
      '/records/*/kind': true,
      '/records/*/child': true,
      '/records/*/at': true,
      '/records/*/report_reference': true,
      '/records/*/weather': false,
      '/madeBy': false,
    });
  });

  it('of a text that carries a message are those of the message in it', () => {
    const inner = { eventType: 'prison-offender-events.prisoner.released', occurredAt: '2026-02-01T10:00:00Z', version: 1, description: 'x' }; // prettier-ignore
    const notified = JSON.stringify({ Type: 'Notification', Message: JSON.stringify(inner) });
    expect(fieldsOf('secure-estate', notified)).toMatchObject({
      '/Message/eventType': true,
      '/Message/description': false,
      '/Type': false,
    });
  });

  it('of an event are those that the contract has, and of a list of words those whose word it has', () => {
    const data = {
      reportReference: 'MR-1',
      risk: 'RISK_GRADE_EXTREME',
      weather: 'rain',
      person: { givenNames: 'Kit', shoeSize: 5 },
    };
    const attributes = { type: 'hub.police.v1.MissingReported', subject: 'n-1', time: '2026-02-01T10:00:00Z' };
    const event = { format: attributes.type, contentType: 'application/json', attributes };
    expect(fieldsOf('police', JSON.stringify(data), event)).toEqual({
      '/data/reportReference': true,
      '/data/risk': false,
      '/data/weather': false,
      '/data/person/givenNames': true,
      '/data/person/shoeSize': false,
    });
  });

  it.each([
    ['nested without end', `${'{"a":['.repeat(50_000)}1${']}'.repeat(50_000)}`],
    ['wide without end', JSON.stringify({ records: Array.from({ length: 30_000 }, (_, at) => ({ [`f${at}`]: 1 })) })],
    ['a document with a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['bytes', '\0\u0001\u0002,\u0003'],
  ])('%s are few or none, and found soon', (_, body) => {
    expect(Object.keys(fieldsOf('social-care', body)).length).toBeLessThanOrEqual(1_000);
  });

  it('cost nothing where nobody asks: what is translated is the same', () => {
    const message = sentBy('social-care', cinCensus([{ id: 'CH1', cases: [{ referredOn: '2025-06-01' }] }]));
    expect(translate({ ...message, asked: () => undefined })).toEqual(translate(message));
  });
});
