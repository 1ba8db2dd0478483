import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openRows } from '../../libs/platform/reading/open-rows.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { catalogue, decode, encode } from '../../libs/contracts/catalogue.js';
import { upcast } from '../../libs/contracts/evolution.js';
import {
  ArrestedSchema,
  MissingFoundSchema,
  MissingReportedSchema,
  MissingReported_RiskGrade,
} from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { upcasters, type Upcaster } from '../../libs/contracts/upcasters.js';
import { open } from '../../libs/platform/keys/seal.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { note } from '../../libs/testing/projections/notes.js';
import { seal } from '../../libs/platform/keys/seal.js';
import { entryOf } from '../../libs/timeline/entry.js';
import type { TimelineRow } from '../../libs/timeline/timeline.projection.js';

interface Stored {
  readonly type: string;
  /** The bytes in the log, in base64. */
  readonly stored: string;
  readonly content: object;
}

// Made by the hub of version 1 from its own simulations, and never made again: what stands in logs does not change.
const version1 = JSON.parse(readFileSync(new URL('version-1.json', import.meta.url), 'utf8')) as readonly Stored[];
const newest = 'hub.police.v1.Arrested';
const older = 'hub.police.v0.Arrested';
const reported = 'hub.police.v1.MissingReported';
const registry = upcasters as Map<string, Upcaster>;

describe('a log that an older version wrote', () => {
  let hub: TestHub;
  const stop = new AbortController();
  let following: Promise<void>;
  beforeAll(async () => {
    hub = await openTestHub();
    following = hub.projections.run(stop.signal);
  });
  afterEach(() => {
    registry.delete(older);
  });
  afterAll(async () => {
    stop.abort();
    await following;
    await hub.close();
  });

  /** Events as they stand in a log, each on a record of its own. */
  async function logged(events: readonly { readonly type: string; readonly data: Uint8Array }[]): Promise<string[]> {
    const ids: string[] = [];
    for (const { type, data } of events) {
      const [key] = await hub.keys.take(1);
      if (!key) throw new Error('no key');
      const { id, meta } = note('', key);
      await hub.log.append(randomUUID(), 'any', [{ id, type, meta, data: seal(key, data, id) }]);
      ids.push(id);
    }
    await hub.projections.settled();
    return ids;
  }

  async function rowsOf(ids: readonly string[]): Promise<TimelineRow[]> {
    const { rows } = await hub.database.query<TimelineRow>(
      'select * from timeline where key = any($1::uuid[]) order by position',
      [ids],
    );
    return rows;
  }

  it('still projects: every event is read as it was said, and none is parked', async () => {
    const events = version1.map(({ type, stored }) => ({ type, data: Buffer.from(stored, 'base64') }));
    const rows = await openRows(hub.keys, await rowsOf(await logged(events)));
    const shown = version1.filter(({ type }) => catalogue.get(type)?.snapshot === false);
    expect(rows.map(({ row, opened }) => [row.type, opened.erased ? 'erased' : decode(row.type, opened.data)])).toEqual(
      shown.map(({ type, content }) => [type, content]),
    );
    const parked = await hub.database.query('select error from projection_parked');
    expect(parked.rows).toEqual([]);
  });

  it('is seen in the newest shape only, by every projection and on every page, and stays as it is', async () => {
    // An older shape of the same fact: what stood in another field then.
    registry.set(older, {
      to: newest,
      upcast: (old) => {
        const { reportReference } = fromBinary(MissingFoundSchema, old);
        return encode(ArrestedSchema, { custodyNumber: reportReference, offenceTitle: 'Theft' });
      },
    });
    const stored = encode(MissingFoundSchema, { reportReference: 'MR-old' });
    const [id = ''] = await logged([{ type: older, data: stored }]);
    const rows = await rowsOf([id]);
    expect(rows.map(({ type }) => type)).toEqual([older]);
    const [entry] = (await openRows(hub.keys, rows)).map(({ row, opened }) => entryOf(row, opened));
    expect(entry).toMatchObject({ type: newest, title: 'Arrested: Theft' });
    const duty = await hub.database.query('select kind from duty where key = $1', [id]);
    expect(duty.rows).toEqual([{ kind: 'arrest' }]);
  });
});

describe('a field that this hub does not know', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await openTestHub();
  });
  afterAll(async () => hub.close());

  it('survives from the wire to the log, and being read and written again', async () => {
    const unknown = new BinaryWriter()
      .tag(18_999, WireType.LengthDelimited)
      .string('said by a newer publisher')
      .finish();
    const body = Buffer.concat([
      encode(MissingReportedSchema, { reportReference: 'MR-1', risk: MissingReported_RiskGrade.LOW }),
      unknown,
    ]);
    const attributes = { id: 'new-1', source: 'police', type: reported, subject: 'n-1', time: '2026-02-01T22:10:00Z' };
    const contentType = 'application/protobuf';
    const [kept] = await hub.keep({
      system: 'police',
      messageId: 'new-1',
      format: reported,
      contentType,
      attributes,
      body,
    });
    await drain(hub);
    expect(await hub.status(kept?.receipt ?? '')).toMatchObject({ status: 'recorded' });
    const [event] = await hub.log.readAll(null, 10);
    const key = event && (await hub.keys.find([event.meta.key])).get(event.meta.key);
    if (!event || !key) throw new Error('nothing was recorded');
    const { data } = upcast({ type: event.type, data: open(key, event.data, event.id) });
    const again = toBinary(MissingReportedSchema, fromBinary(MissingReportedSchema, data));
    for (const bytes of [data, again]) expect(Buffer.from(bytes).includes(Buffer.from(unknown))).toBe(true);
  });
});
