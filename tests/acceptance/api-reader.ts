import { expect } from '@jest/globals';
import type { Viewer } from '../../libs/disclosure/terms.js';
import type { PortalDoors } from './portal-server.js';

export interface Entry {
  id: string;
  record: string;
  agency: string;
  category: string;
  state: string;
  occurredAt: string;
  recordedAt: string;
  title: string;
  supersedes?: string;
  supersededBy?: string;
  lines: { label: string; value: string }[];
}
export interface TimelineAnswer {
  child: { id: string; name?: string; caseManager?: string; team?: string };
  entries: Entry[];
  withheld: { agency: string; reason: string }[];
  next?: string;
}

/** Reads through the API as whoever is given; undefined: with no token. */
export function apiReader(portal: PortalDoors) {
  const get = async (viewer: Viewer | undefined, path: string, headers = {}, signal?: AbortSignal): Promise<Response> =>
    fetch(`${portal.url}/v1/children${path}`, {
      ...(signal ? { signal } : {}),
      headers: { ...(viewer ? { authorization: `Bearer ${await portal.token(viewer)}` } : {}), ...headers },
    });
  const page = async (viewer: Viewer, child: string, query = '', headers = {}): Promise<TimelineAnswer> => {
    const response = await get(viewer, `/${child}/timeline${query}`, headers);
    expect(response.status).toBe(200);
    return (await response.json()) as TimelineAnswer;
  };
  /** Every page, by following cursors. */
  const all = async (viewer: Viewer, child: string, headers = {}): Promise<TimelineAnswer[]> => {
    const pages = [await page(viewer, child, '', headers)];
    for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) {
      pages.push(await page(viewer, child, `?cursor=${next}`, headers));
    }
    return pages;
  };
  return { get, page, all };
}
