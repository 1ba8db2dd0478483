import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { decide } from '../../libs/disclosure/decide.js';
import { policy } from '../../libs/disclosure/policy.js';
import { categories, handlings, type Disclosable, type Viewer } from '../../libs/disclosure/terms.js';
import { agencies } from '../../libs/kernel/agency.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };

describe('disclosure, over the API', () => {
  let portal: PortalServer;
  let child: string;
  beforeAll(async () => {
    portal = await openPortal();
    child = await portal.childOf('court', 'court');
  }, 60_000);
  afterAll(async () => portal.close());

  it('lets nothing through that the policy does not show: every role and purpose, every kind of entry', async () => {
    const marks = new Map<string, Disclosable>();
    const kinds = agencies.flatMap((agency) =>
      [...Object.keys(categories), 'unheard-of'].flatMap((category) =>
        ['', ...Object.keys(handlings), 'unheard-of'].map((handling) => ({ agency, category, handling })),
      ),
    );
    for (const [index, kind] of kinds.entries()) {
      const mark = `Mark ${String(index).padStart(4, '0')}`;
      marks.set(mark, kind);
    }
    await portal.recordAll(child, marks);

    const stated = new Map(
      policy.flatMap(({ agency, role, purposes }) =>
        purposes.map((purpose) => [`${agency} ${role} ${purpose}`, { agency, role, purpose }]),
      ),
    );
    for (const { agency, role, purpose } of stated.values()) {
      if (role === 'named-case-manager') continue;
      const viewer: Viewer = { who: role === 'system' ? agency : `some.${role}`, agency, roles: [role] };
      const response = await apiReader(portal).get(viewer, `/${child}/timeline`, { 'hub-purpose': purpose });
      if (response.status === 404) continue;
      const pages = await apiReader(portal).all(viewer, child, { 'hub-purpose': purpose });
      const shown = pages.flatMap(({ entries }) => entries);
      const found = new Set(
        shown.flatMap(({ lines }) => lines.map(({ value }) => value)).filter((value) => marks.has(value)),
      );
      const allowed = [...marks].filter(([, kind]) => decide(viewer, purpose, kind) === 'full').map(([mark]) => mark);
      expect([...found].sort()).toEqual(allowed);
      const text = JSON.stringify(pages);
      const hidden = [...marks.keys()].filter((mark) => !allowed.includes(mark) && text.includes(mark));
      expect(hidden).toEqual([]);
    }
  }, 120_000);

  it('fills its pages with what may be seen, and a cursor opens only its own list', async () => {
    const pages = await apiReader(portal).all(terry, child);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.slice(0, -1).map(({ entries }) => entries.length)).toEqual(Array(pages.length - 1).fill(100));
    const ids = pages.flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    const elsewhere = await apiReader(portal).get(terry, `/${randomUUID()}/timeline?cursor=${pages[0]?.next}`);
    expect(elsewhere.status).toBe(400);
  });
});
