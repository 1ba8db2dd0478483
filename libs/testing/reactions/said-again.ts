import { fromBinary } from '@bufbuild/protobuf';
import { NoticeRaisedSchema } from '../../contracts/gen/hub/duties/v1/duties_pb.js';
import { outputsOf, type OutputEvent, type Outputs } from '../../duties/outputs.js';
import { REACTION } from '../../kernel/event-log.js';
import { open } from '../../platform/keys/seal.js';
import type { Parts } from '../../platform/platform.module.js';

/**
 * Events of the log that say of a child what its stream said already: a duty or a notice raised under an id that stands, or anything
 * after which all is as before. Type and place of each; empty when every output is in the log exactly once.
 */
export async function saidAgain({ log, keys }: Pick<Parts, 'log' | 'keys'>): Promise<string[]> {
  const events = (await log.readAll(null, 100_000)).filter(({ meta }) => meta.category === REACTION);
  const found = await keys.find([...new Set(events.map(({ meta }) => meta.key))]);
  const again: string[] = [];
  for (const ofChild of Map.groupBy(events, ({ stream }) => stream).values()) {
    const opened = ofChild.map(({ id, type, data, meta }) => ({ type, data: open(found.get(meta.key)!, data, id) }));
    opened.forEach((event, at) => {
      const before = outputsOf(opened.slice(0, at));
      if (standsAlready(event, before) || same(before, outputsOf(opened.slice(0, at + 1))))
        again.push(`${event.type} at ${ofChild[at]?.position}`);
    });
  }
  return again;
}

function standsAlready({ type, data }: OutputEvent, { notices }: Outputs): boolean {
  if (type !== NoticeRaisedSchema.typeName) return false;
  const { notice, continues } = fromBinary(NoticeRaisedSchema, data);
  return notice !== undefined && !continues && notices.has(notice.id);
}

const same = (one: Outputs, other: Outputs): boolean => JSON.stringify(listed(one)) === JSON.stringify(listed(other));
const listed = ({ duties, notices }: Outputs) => [[...duties], [...notices]];
