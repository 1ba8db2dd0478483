import { decode } from '../../../libs/contracts/catalogue.js';
import { newestType, upcast } from '../../../libs/contracts/evolution.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { open } from '../../../libs/platform/keys/seal.js';

const lookedAfter = "a looked-after child's records are kept to the 75th birthday";
/** CJS result code of a remand to youth detention accommodation. */
const remandToYouthDetention = '4058';

/**
 * Retention holds on the child of these records, in words (rulebook G8): a child in the SSDA903 return is looked-after,
 * and a remand to youth detention accommodation makes one so.
 */
export async function holdsOn(streams: readonly string[], { log, keys }: Parts): Promise<string[]> {
  const holds = new Set<string>();
  for (const stream of streams) {
    for (const event of await log.readStream(stream)) {
      const type = newestType(event.type);
      if (type === 'hub.social_care.v1.MissingEpisodeRecorded') holds.add(`${lookedAfter} (SSDA903 return)`);
      if (type !== 'hub.court.v1.ResultRecorded') continue;
      const key = (await keys.find([event.meta.key])).get(event.meta.key);
      const read = key && upcast({ type: event.type, data: open(key, event.data, event.id) });
      const result = read && decode(read.type, read.data);
      if (result?.['resultCode'] === remandToYouthDetention) holds.add(`${lookedAfter} (remand to youth detention)`);
    }
  }
  return [...holds];
}
