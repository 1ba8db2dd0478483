import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayModule } from '../../apps/gateway/gateway.module.js';
import { drain } from '../../apps/worker/worker.loop.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { calendarOf } from '../../libs/simulations/childhood/calendar.js';
import { castOf } from '../../libs/simulations/childhood/people.js';
import { crimeRecordSeen, type SimulatedCrimeRecord } from '../../libs/simulations/crime-record.js';
import { apiReader, type Entry } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const pat: Viewer = { who: 'pat.constable', agency: 'police', roles: ['officer'] };
const force: Viewer = { who: 'police', agency: 'police', roles: ['system'] };

interface Receipt {
  id: string;
  status: string;
  href: string;
  outcomes: { fact?: string; outcome: string; reason?: string; pointer?: string }[];
}

/** A force's snapshots through the native door, and what readers come to see of them. */
describe('a police record, published and read', () => {
  let portal: PortalServer;
  let kit: string;
  let subject: string;
  beforeAll(async () => {
    portal = await openPortal([GatewayModule]);
    kit = await portal.childOf('court', 'court');
    subject = `nhs:${castOf(calendarOf(new Date().toISOString())).kit.nhsNumber ?? ''}`;
  }, 60_000);
  afterAll(async () => portal.close());

  async function send(path: string, headers: Record<string, string>, body: string): Promise<Response> {
    const authorization = `Bearer ${await portal.token(force, 'publish')}`;
    return fetch(`${portal.url}${path}`, { method: 'POST', headers: { ...headers, authorization }, body });
  }
  async function publish(headers: Record<string, string>, body: string): Promise<Receipt> {
    const response = await send('/v1/native/police', headers, body);
    expect(response.status).toBe(202);
    const [receipt] = ((await response.json()) as { receipts: Receipt[] }).receipts;
    await settle();
    const authorization = `Bearer ${await portal.token(force, 'publish')}`;
    const answer = await fetch(`${portal.url}${receipt?.href ?? ''}`, { headers: { authorization } });
    return (await answer.json()) as Receipt;
  }
  async function settle(): Promise<void> {
    await drain(portal.hub);
    await portal.hub.projections.settled();
  }
  // Before the demonstration begins: of that March, the timeline has what is sent here.
  const see = async (id: string, day: number, record: SimulatedCrimeRecord): Promise<Receipt> => {
    const at = `2020-03-${String(day).padStart(2, '0')}T08:00:00Z`;
    const { headers, body, format } = crimeRecordSeen(id, subject, at, record);
    return publish({ ...headers, 'hub-format': format }, body);
  };
  const shown = async (viewer: Viewer, query = ''): Promise<Entry[]> =>
    (await apiReader(portal).page(viewer, kit, query)).entries;
  const titles = async (viewer: Viewer, query = ''): Promise<string[]> =>
    (await shown(viewer, query))
      .filter(({ occurredAt, state }) => occurredAt.startsWith('2020-03') && state === 'current')
      .map(({ occurredAt, title }) => `${occurredAt.slice(8, 10)} ${title}`)
      .reverse();

  it.each([
    ['whose it is', { 'hub-observed-at': '2026-03-01T08:00:00Z' }, [['no-subject', 'Hub-Subject']]],
    ['when it was seen', { 'hub-subject': 'nhs:9990009993' }, [['no-observed-at', 'Hub-Observed-At']]],
    [
      'either',
      {},
      [
        ['no-subject', 'Hub-Subject'],
        ['no-observed-at', 'Hub-Observed-At'],
      ],
    ],
  ])('without %s waits in quarantine, and its receipt says which header is missing', async (name, headers, reasons) => {
    const all = { 'content-type': 'application/json', 'hub-message-id': `without ${name}`, ...headers };
    const receipt = await publish(all, JSON.stringify({ policeMarkerDetails: 'Dog at the address' }));
    expect(receipt.status).toBe('quarantined');
    expect(receipt.outcomes.map(({ reason, pointer }) => [reason, pointer])).toEqual(reasons);
    expect(JSON.stringify(receipt)).not.toMatch(/Dog|9990009993/);
  });

  it('shows each reader the parts that are theirs, on the child’s timeline, and nobody the record itself', async () => {
    const receipt = await see('one', 1, {
      marker: 'Knives seen at the address',
      risks: { sexual: false, gangs: true, radicalisation: true },
      statuses: [{ status: 'Bail' }],
    });
    expect(receipt.outcomes).toMatchObject([{ fact: 'hub.police.v1.CrimeRecordObserved', outcome: 'recorded' }]);
    const casework = ['01 Police record: active: Bail', '01 Police record: not flagged: sexual exploitation'];
    const flagged = '01 Police risk flag: gangs and youth violence';
    expect((await titles(casey)).toSorted()).toEqual([...casework, flagged].toSorted());
    expect((await titles(pat)).toSorted()).toEqual(
      [...casework, flagged, '01 Police marker', '01 Police risk flag: radicalisation'].toSorted(),
    );
    const everything = JSON.stringify(await apiReader(portal).all(casey, kit));
    expect(everything).not.toMatch(/Knives|adicalisation|CrimeRecordObserved|Police record observed/);
    expect(JSON.stringify(await apiReader(portal).all(pat, kit))).not.toContain('CrimeRecordObserved');
  });

  it('what changed only where a reader may not look changes nothing of what they are answered', async () => {
    const before = await apiReader(portal).all(casey, kit);
    for (let day = 2; day <= 4; day++) await see(`hidden ${day}`, day, { marker: `Marker ${day}` });
    expect(await apiReader(portal).all(casey, kit)).toEqual(before);
  });

  it('a late one moves what it must, the page as it was known stays, and taking it back restores what stood', async () => {
    await see('later', 20, { statuses: [{ status: 'Bail' }, { status: 'Youth conditional caution' }] });
    const before = await titles(casey);
    expect(before.at(-1)).toBe('20 Police record: active: Youth conditional caution');
    const then = new Date().toISOString();
    const late = await see('late', 10, { statuses: [{ status: 'Youth conditional caution' }] });
    expect((await titles(casey)).slice(-3).toSorted()).toEqual([
      '10 Police record: active: Youth conditional caution',
      '10 Police record: no longer active: Bail',
      '20 Police record: active: Bail',
    ]);
    expect(await titles(casey, `?asKnownAt=${then}`)).toEqual(before);

    const withdrawal = await send(
      `/v1/receipts/${late.id}/withdraw`,
      { 'content-type': 'application/json' },
      JSON.stringify({ reason: 'read from the wrong record' }),
    );
    expect(withdrawal.status).toBe(202);
    await settle();
    expect(await titles(casey)).toEqual(before);
  });

  it('sent again, and saying nothing new, adds no entry', async () => {
    const before = await shown(pat);
    await see('later', 20, { statuses: [{ status: 'Bail' }, { status: 'Youth conditional caution' }] });
    await see('nothing new', 21, { statuses: [{ status: 'Youth conditional caution' }, { status: 'Bail' }] });
    expect(await shown(pat)).toEqual(before);
  });

  it('made anew from the log, the timeline is the same', async () => {
    const before = [await apiReader(portal).all(casey, kit), await apiReader(portal).all(pat, kit)];
    await portal.hub.projections.rebuild('timeline');
    expect([await apiReader(portal).all(casey, kit), await apiReader(portal).all(pat, kit)]).toEqual(before);
  });
});
