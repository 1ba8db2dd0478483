import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import {
  ChildReturned_ReturnedTo as To,
  ChildReturnedSchema,
} from '../../libs/contracts/gen/hub/police/v1/missing_pb.js';
import { MissingReportedSchema } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import {
  RiskJudged_Judgement as Judgement,
  RiskJudged_Level as Level,
  RiskJudgedSchema,
} from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { headerFields, type Header } from '../../libs/timeline/header/header.fold.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const robin: Viewer = { who: 'robin.social', agency: 'social-care', roles: ['social-worker'] };
const pat: Viewer = { who: 'pat.constable', agency: 'police', roles: ['officer'] };

describe('the header, over the API', () => {
  let portal: PortalServer;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    kit = await portal.childOf('court', 'court');
  }, 60_000);
  afterAll(async () => portal.close());

  const header = async (viewer: Viewer, query = ''): Promise<Header> => {
    const response = await apiReader(portal).get(viewer, `/${kit}/timeline${query}`);
    return ((await response.json()) as { header: Header }).header;
  };
  const texts = (of: Header): unknown => headerFields.map((field) => of[field].map(({ text }) => text));
  const judged = async (level: Level, daysAgo: number, handling = {}): Promise<void> => {
    const time = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
    const event = canonicalEvent(
      RiskJudgedSchema,
      { id: `judged-${daysAgo}`, subject: 'CV-2041', time, ...handling },
      { judgement: Judgement.HARM_TO_OTHERS, level, judgedOn: time.slice(0, 10), judgedBy: 'Casey Manager' },
    );
    await portal.hub.keep({ system: 'yos', door: 'events', event });
    await drain(portal.hub);
    await portal.hub.projections.settled();
  };

  it('says what is so, since when and who says so, and leaves empty what nobody sent', async () => {
    const shown = await header(casey);
    expect(shown.where).toMatchObject([{ text: 'Children’s home', detail: 'Alderbrook', agency: 'social-care' }]);
    expect(shown.reoffending).toMatchObject([{ text: 'High', agency: 'yos' }]);
    expect(shown['safety-and-wellbeing'][0]?.detail).toBe('not countersigned');
    expect(shown['case-manager']).toMatchObject([{ text: 'Casey Manager', detail: 'Fernhill East' }]);
    expect(shown.overdue).toMatchObject([{ detail: 'no outcome recorded' }]);
    expect(shown.cover).toEqual([]);
  });

  it('is made of what this viewer sees in full, and of nothing else', async () => {
    const [police, care] = [await header(pat), await header(robin)];
    for (const field of ['status', 'authority', 'social-worker'] as const) expect(police[field]).toEqual([]);
    // Custody is theirs to see, a placement is not.
    expect(police.where).toMatchObject([{ agency: 'secure-estate', text: 'Released from custody' }]);
    for (const field of ['reoffending', 'communication', 'overdue', 'case-manager'] as const)
      expect(police[field]).toEqual([]);
    // A hearing is theirs to know, an appointment is not.
    expect(police.next).toMatchObject([{ agency: 'court' }]);
    expect(police.medical).toMatchObject([{ text: 'Medical condition' }]);
    expect(care.where).toMatchObject([{ text: 'Children’s home' }]);
    expect(JSON.stringify(police)).not.toMatch(/Casey|Robin|Alderbrook/);
  });

  it('looks the same whether something is hidden or was never sent', async () => {
    const before = texts(await header(robin));
    await judged(Level.VERY_HIGH, 1, { handling: 'originator-only' });
    expect(texts(await header(robin))).toEqual(before);
    expect((await header(casey))['harm-to-others']).toMatchObject([{ text: 'Very high' }]);
  });

  it('is as it was known: what was recorded later is not in it', async () => {
    const then = new Date().toISOString();
    const before = await header(casey);
    await judged(Level.LOW, 0);
    expect((await header(casey))['harm-to-others']).toMatchObject([{ text: 'Low' }]);
    expect(texts(await header(casey, `?asKnownAt=${then}`))).toEqual(texts(before));
    expect(Object.values(await header(casey, '?asKnownAt=2020-01-01')).flat()).toEqual([]);
  });

  it('says of a past day what was withheld then, and not what has come to be withheld since', async () => {
    const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };
    const withheld = async (query = '') => (await apiReader(portal).page(terry, kit, query)).withheld;
    const then = `?asKnownAt=${new Date().toISOString()}`;
    const before = await withheld();
    await portal.record(kit, { agency: 'health', category: 'health-detail', handling: '' }, 'not for managers');
    expect((await withheld()).map(({ agency }) => agency)).toContain('health');
    expect(await withheld(then)).toEqual(before);
    expect(await withheld('?asKnownAt=2020-01-01')).toEqual([]);
    expect(await withheld(`?asKnownAt=${new Date().toISOString()}`)).toEqual(await withheld());
  });

  it('is written down with the entries it was made of', async () => {
    await header(pat, '?agency=court');
    const { rows } = await portal.hub.database.query<{ flags: number }>(
      `select count(t.key)::integer as flags from (select shown from audit order by id desc limit 1) a
       join timeline t on t.key = any(a.shown) where t.category = 'health-vital'`,
    );
    expect(rows).toEqual([{ flags: 1 }]);
  });

  it('says missing of a report while it lasts, and not of one after which the child went missing again and came back', async () => {
    const said = async (
      schema: typeof MissingReportedSchema | typeof ChildReturnedSchema,
      hours: number,
      of: string,
    ) => {
      const time = new Date(Date.now() - hours * 3_600_000).toISOString();
      const told = { id: `${schema.name}-${of}`, subject: 'nominal-70101', time };
      const event = canonicalEvent(schema, told, { reportReference: of, returnedTo: To.HOME });
      await portal.hub.keep({ system: 'police', door: 'events', event });
      await drain(portal.hub);
      await portal.hub.projections.settled();
      return (await header(casey)).where.map(({ text }) => text);
    };
    expect(await said(MissingReportedSchema, 5 * 24, 'MR-26-0999')).toEqual(['Children’s home']);
    expect(await said(MissingReportedSchema, 2, 'MR-26-1000')).toEqual(['Reported missing', 'Children’s home']);
    expect(await said(ChildReturnedSchema, 1, 'MR-26-1000')).toEqual(['Children’s home']);
  });
});
