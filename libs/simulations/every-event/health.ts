import type { CloudEvent } from '../cloud-event.js';
import type { Simulated } from '../people.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everyHealthEvent(_person: Simulated, _time: string, _serial: number): readonly CloudEvent[] {
  return [];
}
