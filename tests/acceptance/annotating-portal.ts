import { openPortal, type PortalServer } from './portal-server.js';
import { runWorker } from '../../apps/worker/worker.loop.js';

/** A portal with a worker beside it: what a page says goes through intake and log, and shows. */
export async function openAnnotatingPortal(): Promise<PortalServer> {
  const portal = await openPortal();
  const stop = new AbortController();
  const working = runWorker(portal.hub, stop.signal);
  return {
    ...portal,
    close: async () => {
      stop.abort();
      await working;
      await portal.close();
    },
  };
}
