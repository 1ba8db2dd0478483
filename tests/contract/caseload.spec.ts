import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import {
  CaseAllocatedSchema,
  CaseClosedSchema,
  CoverArrangedSchema,
} from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { canonicalEvent, type CloudEvent } from '../../libs/simulations/cloud-event.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const sam: Viewer = { who: 'sam.worker', agency: 'yos', roles: ['case-manager'] };
const jo: Viewer = { who: 'jo.cover', agency: 'yos', roles: ['case-manager'] };
const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };
const detail = { agency: 'health', category: 'health-detail', handling: '' };

interface List {
  children: { name?: string; caseManager?: string; cover?: string; coverUntil?: string }[];
  workload?: { worker: string; name: string; team?: string; holds: number; covers: number }[];
}

describe('who holds a case, and who covers', () => {
  let portal: PortalServer;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    kit = await portal.childOf('court', 'court');
    await portal.record(kit, detail, 'Diagnosis');
  }, 60_000);
  afterAll(async () => portal.close());

  let told = 0;
  const tell = async (...events: CloudEvent[]): Promise<void> => {
    await portal.hub.keep(...events.map((event) => ({ system: 'yos', door: 'events', event }) as const));
    await drain(portal.hub);
    await portal.hub.projections.settled();
  };
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const about = () => ({ id: `caseload-${++told}`, subject: 'CV-2041', time: at(0) });
  const covered = (from: number, until?: number, by = jo.who): CloudEvent =>
    canonicalEvent(CoverArrangedSchema, about(), {
      coversFrom: at(from),
      ...(until === undefined ? {} : { coversUntil: at(until) }),
      worker: by,
      workerName: 'Jo Cover',
      team: 'Fernhill East',
    });
  const allocated = (worker: string): CloudEvent =>
    canonicalEvent(CaseAllocatedSchema, about(), { worker, workerName: worker, team: 'Fernhill East' });
  const list = async (viewer: Viewer, query = ''): Promise<List> =>
    (await (await apiReader(portal).get(viewer, query)).json()) as List;
  const names = async (viewer: Viewer, query = '') => (await list(viewer, query)).children.map(({ name }) => name);
  const seesDetail = async (viewer: Viewer): Promise<boolean> =>
    JSON.stringify(await apiReader(portal).all(viewer, kit)).includes('Diagnosis');

  it('a cover that is over or has not begun changes nothing', async () => {
    await tell(covered(-48, -1), covered(24, 48));
    expect(await names(jo)).toEqual([]);
    expect(await seesDetail(jo)).toBe(false);
    expect((await list(casey, '?as=holder')).children[0]).not.toHaveProperty('cover');
  });

  it('a cover sees the child among those they act for, and what the named case manager sees; nobody else does', async () => {
    await tell(covered(-1, 5));
    expect(await names(jo)).toEqual(['Kit Fennimoor']);
    expect(await names(jo, '?as=cover')).toEqual(['Kit Fennimoor']);
    expect(await names(jo, '?as=holder')).toEqual([]);
    expect((await list(casey, '?as=holder')).children).toMatchObject([
      { caseManager: 'Casey Manager', cover: 'Jo Cover' },
    ]);
    expect(await seesDetail(jo)).toBe(true);
    expect(await seesDetail(casey)).toBe(true);
    expect(await seesDetail(sam)).toBe(false);
    expect(await seesDetail(terry)).toBe(false);
  });

  it('says who holds and covers how many, to those who oversee it only', async () => {
    const { workload } = await list(terry);
    expect(workload).toEqual([
      { worker: 'casey.manager', name: 'Casey Manager', team: 'Fernhill East', holds: 1, covers: 1 },
      { worker: 'jo.cover', name: 'Jo Cover', team: 'Fernhill East', holds: 0, covers: 1 },
      { worker: 'sam.worker', name: 'Sam Worker', team: 'Fernhill West', holds: 1, covers: 0 },
    ]);
    expect(await list(casey)).not.toHaveProperty('workload');
    expect(await names(terry, '?worker=sam.worker')).toEqual(['Wren Tolladay']);
    expect(await names(terry, '?worker=jo.cover')).toEqual(['Kit Fennimoor']);
    expect(await names(terry, '?team=Fernhill+East')).toEqual(['Kit Fennimoor']);
    expect(await names(terry, '?team=Nowhere')).toEqual([]);
    // Of their own list, another's part is no part.
    expect(await names(sam, '?worker=casey.manager')).toEqual(['Wren Tolladay']);
    expect((await apiReader(portal).get(terry, '?as=everybody')).status).toBe(400);
  });

  it('ends when the case goes to somebody else, also while its end is still to come', async () => {
    await tell(allocated('casey.manager'));
    expect(await seesDetail(jo)).toBe(true);
    await tell(allocated('robin.ash'));
    expect(await seesDetail(jo)).toBe(false);
    expect(await names(jo)).toEqual([]);
  });

  it('ends when the case is closed, and then nobody works with the child', async () => {
    await tell(covered(0));
    expect(await names(jo)).toEqual(['Kit Fennimoor']);
    await tell(canonicalEvent(CaseClosedSchema, about(), { reason: 'order ended' }));
    expect(await names(jo)).toEqual([]);
    expect((await apiReader(portal).get(jo, `/${kit}/timeline`)).status).toBe(404);
  });

  it('refuses a page of one part as the next of another', async () => {
    const response = await apiReader(portal).get(terry, '?team=Fernhill+East&cursor=not-of-this-list');
    expect(response.status).toBe(400);
  });
});
