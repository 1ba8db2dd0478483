import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allowedPurposes } from '../../libs/disclosure/decide.js';
import { mayClose, purposeOf, type Page } from '../../libs/disclosure/pages.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { agencies } from '../../libs/kernel/agency.js';
import { shownOutcomes, type PartOutcome, type ReceiptStatus } from '../../libs/kernel/intake.js';
import { ReceiptBook } from '../../libs/platform/intake/postgres/receipt-book.js';
import { countReceipts, systemsOf } from '../../libs/platform/intake/postgres/receipt-counts.js';
import { zip } from '../../libs/testing/files/zip.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';
import { partnerForms, type PartnerForms } from './partner-forms.js';

const kim = (agency: string): Viewer => ({ who: `kim.${agency}`, agency, roles: ['integration'] });
const LONG_AGO = '2000-01-01T00:00:00Z';

describe('the partner page', () => {
  let portal: PortalServer;
  beforeAll(async () => {
    portal = await openPortal();
  }, 60_000);
  afterAll(async () => portal.close());

  const ask: PartnerForms['ask'] = async (...of) => partnerForms(portal).ask(...of);
  const attempt: PartnerForms['attempt'] = async (...of) => partnerForms(portal).attempt(...of);
  const attemptFile: PartnerForms['attemptFile'] = async (...of) => partnerForms(portal).attemptFile(...of);
  const receiptsOf = async (condition: string): Promise<{ id: string; system: string }[]> =>
    (
      await portal.hub.database.query<{ id: string; system: string }>(
        `select id, system from receipts where ${condition}`,
      )
    ).rows;

  it('shows an agency what its own systems sent, all of it and nothing else', async () => {
    for (const agency of agencies) {
      const own = await receiptsOf(`agency = '${agency}'`);
      const { status, text } = await ask(kim(agency), '/partner');
      const listed = [...text.matchAll(/\/partner\/receipts\/([0-9a-f-]{36})/g)].map(([, id]) => id).sort();
      expect([agency, status, listed]).toEqual([agency, 200, own.map(({ id }) => id).sort()]);
    }
  });

  it('answers to a receipt of another agency as to one that never was, and writes down that it was asked for', async () => {
    const plain = ({ status, text }: { status: number; text: string }): unknown => ({
      status,
      text: text.replace(/nonce="[^"]*"/g, '').replace(/[0-9a-f-]{36}/g, 'ID'),
    });
    const never = plain(await ask(kim('court'), `/partner/receipts/${randomUUID()}`));
    expect(never).toMatchObject({ status: 404 });
    for (const { id } of await receiptsOf(`agency <> 'court'`))
      expect(plain(await ask(kim('court'), `/partner/receipts/${id}`))).toEqual(never);
    const { rowCount } = await portal.hub.database.query(
      `select from audit where who = 'kim.court' and what = 'receipts.read' and outcome = 'not-found' and child is null`,
    );
    expect(rowCount).toBeGreaterThan(10);
  });

  it('counts what its publisher may see, and no other system’s', async () => {
    const book = new ReceiptBook(portal.hub.database, portal.hub.keys);
    for (const system of await systemsOf(portal.hub.database, 'secure-estate')) {
      const counts = await countReceipts(portal.hub.database, system, LONG_AGO);
      const { receipts } = await book.list({ system });
      const expected = Object.entries(Object.groupBy(receipts, ({ status }) => status));
      expect(new Map(counts.byStatus.map(({ status, messages }) => [status, messages]))).toEqual(
        new Map(expected.map(([status, some]) => [status as ReceiptStatus, some.length])),
      );
    }
  });

  it('never says whether the hub knew a child: what was recorded because it did looks as if it did not', async () => {
    const part = (more: Partial<PartOutcome>): PartOutcome => ({
      outcome: 'held',
      reason: 'nobody-known',
      detail: 'nobody the hub knows',
      ...more,
    });
    const discreet = { code: 'nobody-known', detail: 'nobody the hub knows' };
    const outcomes = [part({ discreet }), part({ outcome: 'recorded', eventId: randomUUID(), discreet })];
    const [known, unknown] = await receiptsOf(`system = 'court' and status = 'recorded' limit 2`);
    const set = async (id: string | undefined, one: PartOutcome | undefined): Promise<void> => {
      await portal.hub.database.query(
        `update receipts set outcomes = $2, shown_status = 'held', status = $3 where id = $1`,
        [id, JSON.stringify([one]), one?.outcome],
      );
    };
    await set(unknown?.id, outcomes[0]);
    await set(known?.id, outcomes[1]);
    const parts = async (id = ''): Promise<string | undefined> =>
      /Its parts.*<\/main>/s.exec((await ask(kim('court'), `/partner/receipts/${id}`)).text)?.[0];
    expect(await parts(known?.id)).toContain('nobody the hub knows');
    expect(await parts(known?.id)).toBe(await parts(unknown?.id));
    const { byReason } = await countReceipts(portal.hub.database, 'court', LONG_AGO);
    const shown = outcomes.flatMap((one) => shownOutcomes([one]));
    expect(byReason).toContainEqual({ outcome: 'held', reason: 'nobody-known', messages: shown.length });
  });

  it('tries a message as the sandbox does, keeps nothing of it, and writes down that somebody tried', async () => {
    const kept = async (): Promise<unknown> => {
      const { rows } = await portal.hub.database.query<{ name: string }>(
        `select quote_ident(table_name) as name from information_schema.tables
         where table_schema = 'public' and table_name !~ '^(audit|sessions)' order by 1`,
      );
      const counts = rows.map(({ name }) => `select '${name}' as name, count(*)::integer as n from ${name}`);
      return (await portal.hub.database.query(counts.join(' union all '))).rows;
    };
    const before = await kept();
    const name = 'Zephaniah';
    const event = (more: object): string =>
      JSON.stringify({
        ...{ specversion: '1.0', id: 'tried', source: 'police', type: 'hub.police.v1.MissingReported' },
        ...{ subject: `nominal-${name}`, time: '2026-01-01T10:00:00Z', ...more },
      });
    const police = { system: 'police', kind: 'event' };
    const result = async (fields: Readonly<Record<string, string>>): Promise<string> => {
      const { status, text } = await attempt(kim('police'), fields);
      // Their own words stand in the field they typed them in, and nowhere else.
      const rest = text.replace(/<textarea.*?<\/textarea>/s, '').replace(/<input[^>]*>/g, '');
      expect(rest).not.toContain(name);
      return `${status} ${rest}`;
    };
    const good = { data: { reportReference: name, risk: 'RISK_GRADE_HIGH' } };
    expect(await result({ ...police, message: event(good) })).toMatch(/^200 .*All of it would be recorded.*Xxxxxxxxx/s);
    expect(await result({ ...police, message: event({ data: {} }) })).toMatch(/^200 .*reportReference is required/s);
    expect(await result({ ...police, message: `{"${name}": 1` })).toMatch(/^400 .*not well-formed JSON.*malformed/s);
    expect(await result({ ...police, message: ' ' })).toMatch(/^400 .*Enter a message/s);
    expect(await result({ ...police, message: event({ ...good, source: 'court' }) })).toMatch(/^400 .*other-source/s);
    expect(await result({ ...police, message: event({ ...good, time: name }) })).toMatch(/^400 .*time is a time/s);
    expect(await result({ ...police, message: 'x'.repeat(300_000) })).toMatch(/^400 .*at most 256 KiB/s);
    const own = { ...police, kind: 'json', message: `{"${name}": "${name}"}` };
    expect(await result(own)).toMatch(/^200 .*Refused, for somebody to look at/s);
    expect(await result({ ...own, observedAt: name })).toMatch(/^400 .*href="#observedAt"/s);
    expect(await result({ ...own, format: `é${name}` })).toMatch(/^400 .*href="#format"/s);
    expect(await kept()).toEqual(before);
    const { rows } = await portal.hub.database.query<{ outcome: string; details: object }>(
      `select outcome, details from audit where who = 'kim.police' and what = 'message.try' and child is null order by id`,
    );
    expect(rows[0]).toEqual({ outcome: 'shown', details: { ...police, status: 'recorded' } });
    expect(rows).toHaveLength(10);
    expect(JSON.stringify(rows)).not.toContain(name);
  });

  it('tries a file as the native door would take it, within the same limits, and repeats nothing of it', async () => {
    const name = 'Zephaniah';
    const socialCare = { system: 'social-care', kind: 'event', message: '' };
    const result = async (file: Parameters<typeof attemptFile>[2], more = {}): Promise<string> => {
      const { status, text } = await attemptFile(kim('social-care'), { ...socialCare, ...more }, file);
      expect(text).not.toContain(name);
      return `${status} ${text}`;
    };
    const header = `CHILD,DOB,MISSING,MIS_START,MIS_END,ZEPHANIAH_NOTE`;
    const rows = Array.from({ length: 20_000 }, (_, at) => `${at},06/05/2010,M,01/02/2026,,${name}`);
    const table = { name: `${name}.CSV`, content: [header, ...rows].join('\r\n') };
    expect(await result(table)).toMatch(/^200 .*Would be recorded.*Events \(20000\).*Not read \(1\).*ZEPHANIAH_NOTE/s);
    const document = `<?xml version="1.0"?><Message><a>${name}</a></Message>`;
    expect(await result({ name: 'census.xml', content: document })).toMatch(/^200 .*Refused, for somebody to look at/s);
    expect(await result({ name: 'x.bin', content: new Uint8Array(10 * 1_048_576) }, { kind: 'json' })).toMatch(/^200 /);
    expect(await result({ name: 'x.bin', content: new Uint8Array(10 * 1_048_576 + 1) }, { kind: 'json' })).toMatch(
      /^4\d\d .*10 MiB/s,
    );
    expect(await result({ name: 'x.json', content: 'x'.repeat(1_048_577) })).toMatch(/^400 .*at most 1048576 bytes/s);
    expect(await result({ name: 'all.zip', content: `PK\u0003\u0004${name}` })).toMatch(/^400 .*archive is damaged/s);
    expect(await result({ name: 'none.csv', content: '' })).toMatch(/^400 .*file is empty/s);
    expect(await result(table, { message: '{}' })).toMatch(/^400 .*not both/s);
    expect(await result(undefined)).toMatch(/^400 .*Enter a message, or choose a file/s);
    expect(await result(undefined, { message: '{}', kind: 'json' })).toMatch(/^200 /);
    const forms: Parameters<typeof attemptFile>[3][] = [
      { formToken: 'somebody-else' },
      { type: 'multipart/form-data' },
      { type: 'multipart/form-data; boundary=none' },
    ];
    for (const form of forms) {
      const { status, text } = await attemptFile(kim('social-care'), socialCare, table, form);
      expect([form, status, text.includes(name)]).toEqual([
        form,
        form?.type === undefined ? 403 : expect.any(Number),
        false,
      ]);
      expect([400, 403]).toContain(status);
    }
    const part = (head: string, value: string): string =>
      `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}`;
    const cut = (formToken: string): string =>
      `${part('name="formToken"', formToken)}\r\n${part('name="file"; filename="a.csv"', name)}`;
    const broken = await partnerForms(portal).attemptBytes(kim('social-care'), cut, 'multipart/form-data; boundary=b');
    expect([broken.status, broken.text.includes(name)]).toEqual([400, false]);
    expect((await ask(kim('social-care'), '/partner')).status).toBe(200);
    const tooMany = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f${at}`, 'x']));
    expect((await attemptFile(kim('social-care'), { ...socialCare, ...tooMany })).status).toBe(413);
  });

  it('tries each file of an archive, and neither says nor writes down what it or its files are called', async () => {
    const name = 'Zephaniah';
    const table = `CHILD,DOB,MISSING,MIS_START,MIS_END\n${name},06/05/2010,M,01/02/2026,\n`;
    const content = zip([
      { name: `${name}/a.csv`, content: table },
      { name: `${name}.xml`, content: `<a>${name}</a>` },
    ]);
    const file = { name: `${name}.zip`, content: new Uint8Array(content) };
    const { status, text } = await attemptFile(kim('social-care'), { system: 'social-care', kind: 'event' }, file);
    expect([status, text.includes(name)]).toEqual([200, false]);
    expect(text).toMatch(/2 files in the archive, sent as 2 messages.*Would be refused.*Would be recorded/s);
    const { rows } = await portal.hub.database.query<{ details: object }>(
      `select details from audit where who = 'kim.social-care' and what = 'message.try' order by id desc limit 1`,
    );
    const came = { status: 'partly-recorded', messages: 2 };
    expect(rows[0]?.details).toEqual({ system: 'social-care', kind: 'zip', ...came });
  });

  it('tries messages of systems of the viewer’s own agency only, on forms of their own, and for nobody else', async () => {
    const message = '{}';
    for (const system of ['court', 'nobody', 'hub', ''])
      expect([system, (await attempt(kim('police'), { system, kind: 'event', message })).status]).toEqual([
        system,
        404,
      ]);
    expect((await attempt(kim('police'), { system: 'police', message }, 'somebody-else')).status).toBe(403);
    const manager: Viewer = { who: 'casey', agency: 'yos', roles: ['case-manager'] };
    expect((await attempt(manager, { system: 'yos', message })).status).toBe(403);
    const tooLong = await attempt(kim('police'), { system: 'police', message: 'x'.repeat(1_200_000) });
    expect([tooLong.status, tooLong.text.includes('xxxx')]).toEqual([413, false]);
  });

  it('knows every system of an agency, and not what people say of entries in the hub itself', async () => {
    await portal.hub.database.query(
      `insert into receipts (id, system, agency, message_hash, content_hash, sha256, size, format, content_type, correlation, key_id, received_at)
       select gen_random_uuid(), s, 'police', s::bytea, '', '', 1, '', '', gen_random_uuid(), gen_random_uuid(), now()
       from unnest(array['hub', 'police-north', 'a-first', 'zz-last']) s`,
    );
    expect(await systemsOf(portal.hub.database, 'police')).toEqual(['a-first', 'police', 'police-north', 'zz-last']);
    const { status, text } = await ask(kim('police'), '/partner?system=police-north');
    expect([status, text.match(/\/partner\/receipts\//g)?.length]).toEqual([200, 1]);
    for (const system of ['hub', 'court', 'nobody'])
      expect((await ask(kim('police'), `/partner?system=${system}`)).status).toBe(404);
  });
});

describe('integration and operator', () => {
  const olly: Viewer = { who: 'olly.operator', agency: 'yos', roles: ['operator'] };
  const pages: readonly Page[] = [
    ...(['caseload', 'search', 'timeline', 'chronology', 'review', 'audit', 'break-glass', 'today'] as const),
  ];

  it('may state no purpose, and open no page that shows a child', () => {
    for (const viewer of [olly, kim('police'), kim('yos')]) {
      expect(allowedPurposes(viewer)).toEqual([]);
      for (const page of pages) expect([page, purposeOf(viewer, page)]).toEqual([page, undefined]);
    }
  });

  it('have one desk each, and an operator’s is the hub’s own', () => {
    for (const agency of agencies) {
      expect(purposeOf(kim(agency), 'partner')).toBe('publishing-partner');
      expect(purposeOf(kim(agency), 'quarantine')).toBeUndefined();
      expect(purposeOf({ ...olly, agency }, 'quarantine')).toBe(agency === 'yos' ? 'operation' : undefined);
    }
    expect(purposeOf({ ...olly, agency: 'nobody' }, 'quarantine')).toBeUndefined();
    expect(purposeOf(kim('nobody'), 'partner')).toBeUndefined();
  });

  it('close nothing that may report a missing child: that is for who answers for children', () => {
    expect(mayClose(olly, { urgent: false })).toBe(true);
    expect(mayClose(olly, { urgent: true })).toBe(false);
    expect(mayClose({ who: 'dana', agency: 'yos', roles: ['duty-officer'] }, { urgent: true })).toBe(true);
    expect(mayClose(kim('police'), { urgent: false })).toBe(false);
  });
});
