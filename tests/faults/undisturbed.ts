import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import type { CloudEvent } from '../../libs/simulations/cloud-event.js';
import { isAgency, type Agency } from '../../libs/kernel/agency.js';
import { openTestHub } from '../../libs/testing/hub/hub.js';
import { standing, type Standing } from '../../libs/testing/reactions/standing.js';

const reactions = { capabilities, rules: loadRulebook(undefined).rules };

/**
 * What stands at the end of a hub that is told this once, in order, and that nothing befalls. `instants`: when it
 * is told, and when it is looked at after that, RFC 3339.
 */
export async function undisturbed(
  events: readonly CloudEvent[],
  [toldAt, ...instants]: readonly [string, ...string[]],
): Promise<Standing[]> {
  let now = Date.parse(toldAt);
  const hub = await openTestHub({ now: () => now });
  const stop = new AbortController();
  await hub.projections.prepare();
  const following = hub.projections.run(stop.signal);
  const settle = async (): Promise<void> => {
    await drain(hub);
    await hub.projections.settled();
    await drainReactions(hub, reactions);
    await hub.projections.settled();
  };
  try {
    await hub.keep(...events.map((event) => ({ system: systemOf(event), door: 'events' as const, event })));
    await settle();
    for (const instant of instants) {
      now = Date.parse(instant);
      await settle();
    }
    return await standing(hub);
  } finally {
    stop.abort();
    await following;
    await hub.close();
  }
}

function systemOf({ source }: CloudEvent): Agency {
  if (!isAgency(source)) throw new TypeError(`${source} is no agency`);
  return source;
}
