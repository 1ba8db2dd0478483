import { create, toBinary } from '@bufbuild/protobuf';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { delivered, deliveryIn } from '../../apps/gateway/doors/delivered.js';
import { protoEvent } from '../../apps/gateway/grpc/proto-event.js';
import { PublishRequestSchema } from '../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import { nativeMessage } from '../../libs/platform/envelopes/native.js';
import type { Publisher } from '../../libs/platform/envelopes/attributes.js';
import { incomingEvent } from '../../libs/platform/envelopes/event.js';
import { batchItems, eventIn, structuredEvent } from '../../libs/platform/envelopes/structured.js';
import { formWithFile } from '../../apps/portal/partner/uploaded.js';
import { openFile } from '../../apps/ops/file-drop/open-file.js';
import { Asked, MOST_FIELDS } from '../../libs/adapters/fields.js';
import { adapterFor, snapshotReading, translate } from '../../libs/adapters/registry.js';
import { filesIn } from '../../libs/files/archive.js';
import { csvRecords } from '../../libs/files/csv-records.js';
import { kindOf, piecesOf } from '../../libs/files/pieces.js';
import { FileRefused } from '../../libs/files/refusal.js';
import { agencies } from '../../libs/kernel/agency.js';
import type { Message } from '../../libs/kernel/fact.js';
import { changesThrough } from '../../libs/kernel/snapshots.js';
import { seqOf } from '../../libs/platform/intake/postgres/cursor.js';
import { Problem } from '../../libs/platform/problems/problem.js';
import { zip } from '../../libs/testing/files/zip.js';
import { corpus } from './corpus.js';
import { mutated } from './mutate.js';
import type { Random } from './random.js';

export interface Input {
  readonly target: string;
  readonly bytes: Buffer;
  /** For `translate`: what stands beside the body. */
  readonly message?: Omit<Message, 'body'>;
}

const seeds = corpus();
const native = seeds.filter(({ format }) => !format.startsWith('hub.'));
const publisher = { system: 'police', agency: 'police' } as Publisher;
const formats = agencies.flatMap((agency) =>
  Object.keys(adapterFor(agency).formats).map((format) => ({ agency, format })),
);
const BOUNDARY = 'fuzz';
const folder = mkdtempSync(join(tmpdir(), 'hub-fuzz-'));

/** Something nearly right for one of the parsers. */
export function inputFor(random: Random): Input {
  // Partners' own formats are few beside the events of the contract, and have more to go wrong.
  const seed = random.of(random.below(2) === 0 ? seeds : native);
  const bytes = mutated(seed.body, random.of(seeds).body, random);
  switch (random.below(15)) {
    case 0:
      return { target: 'structured', bytes };
    case 1:
      return {
        target: 'batch',
        bytes: mutated(Buffer.from(`[${Buffer.from(seed.body).toString()},{"a":[1]}]`), bytes, random),
      };
    case 2:
      return { target: 'csv', bytes };
    case 3:
      return { target: 'file', bytes };
    case 4: {
      const archive = zip([
        { name: 'a.csv', content: bytes },
        { name: 'b/c.xml', content: seed.body },
      ]);
      return { target: 'file', bytes: mutated(archive, bytes, random) };
    }
    case 5:
      return { target: 'cursor', bytes };
    case 6:
      return { target: 'grpc', ...asRequest(seed, bytes, random) };
    case 7:
      return { ...translating(seed, bytes, random), target: 'native' };
    case 8:
      return { target: 'form', bytes: mutated(asForm(seed.body), bytes, random) };
    default:
      return translating(seed, bytes, random);
  }
}

/** A request of the gRPC door: what is broken is the data in it, or its own bytes. */
function asRequest({ body: _, ...message }: Message, bytes: Buffer, random: Random): Omit<Input, 'target'> {
  const { id = 'i', specversion: __, source: ___, type: ____, ...rest } = message.attributes;
  const attributes = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, { attr: { case: 'ceString' as const, value } }]),
  );
  const { system: source, format: type } = message;
  const data = { case: 'binaryData' as const, value: new Uint8Array(bytes) };
  const request = { event: { id, source, specVersion: '1.0', type, attributes, data } };
  const written = Buffer.from(toBinary(PublishRequestSchema, create(PublishRequestSchema, request)));
  return { bytes: random.below(2) === 0 ? written : mutated(written, bytes, random), message };
}

/** The form of the partner's page with a file in it. */
function asForm(file: Uint8Array): Buffer {
  const part = (head: string) => `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`;
  const head = `${part('name="formToken"')}token${part('name="file"; filename="a.csv"')}`;
  return Buffer.concat([Buffer.from(head.slice(2)), file, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

function translating({ body: _, ...message }: Message, bytes: Buffer, random: Random): Input {
  const changes = random.below(6);
  const other = random.of(formats);
  const said = Object.entries(message.attributes).map(([name, value]) => [
    name,
    random.below(8) === 0 ? mutated(Buffer.from(value), bytes, random).toString() : value,
  ]);
  return {
    target: 'translate',
    bytes,
    message: {
      ...message,
      attributes: Object.fromEntries(said) as Record<string, string>,
      ...(changes === 0 ? { format: '' } : {}),
      ...(changes === 1 ? { ...other, system: other.agency } : {}),
      ...(changes === 2
        ? {
            contentType: random.of([
              'application/json',
              'text/csv',
              'application/xml',
              'application/cloudevents+json',
              '',
            ]),
          }
        : {}),
      ...(changes === 3 ? { attributes: {} } : {}),
    },
  };
}

/** Throws, or rejects, when the hub would have: a crash, or an adapter that threw. Refusing is right. */
export async function run({ target, bytes, message }: Input): Promise<void> {
  switch (target) {
    case 'translate':
      if (message) translated({ ...message, body: bytes });
      return;
    case 'grpc':
      orRefused(() => {
        const own = { ...publisher, ...sender(message) };
        return incomingEvent(protoEvent(bytes, PublishRequestSchema, own), own, 'fuzz');
      });
      return;
    case 'native':
      orRefused(() => {
        const headers = headersOf(message);
        const own = { ...publisher, ...sender(message) };
        const read = nativeMessage(headers, message?.contentType ?? '', bytes, own, 'fuzz');
        return delivered(read, deliveryIn(headers));
      });
      return;
    case 'form':
      await formOrRefused(bytes);
      return;
    case 'structured':
      orRefused(() => incomingEvent(structuredEvent(bytes, publisher), publisher, 'fuzz'));
      return;
    case 'batch':
      orRefused(() => {
        for (const { bytes: item, value } of batchItems(bytes)) orRefused(() => eventIn(item, value, publisher, '/0'));
      });
      return;
    case 'csv': {
      const cut: Buffer[] = [];
      const refused = await orFileRefused(async () => {
        for await (const records of csvRecords(inTwo(bytes))) cut.push(...records.map((record) => record.bytes));
      });
      // Nothing of a file may get lost between its rows.
      if (!refused && !holdsAll(bytes, Buffer.concat(cut))) throw new Error('the rows are not the file');
      return;
    }
    case 'file':
      await orFileRefused(async () => wholeFile(bytes));
      return;
    default:
      seqOf(bytes.toString('base64url'));
      seqOf(bytes.toString());
  }
}

const sender = (message: Input['message']): Pick<Publisher, 'system' | 'agency'> =>
  message ?? { system: 'police', agency: 'police' };

/** As Node hands headers over: a text of bytes, whatever they are. */
function headersOf(message: Input['message']): Record<string, string> {
  const { subject, observedat, ...others } = message?.attributes ?? {};
  const said = { 'hub-format': message?.format, 'hub-subject': subject, 'hub-observed-at': observedat };
  const how = { 'hub-history': others['history'], 'hub-first-row': observedat?.slice(0, 4) };
  const entries = Object.entries({ ...said, ...how, 'hub-message-id': others['time'] });
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, Buffer.from(value).toString('latin1')]])),
  );
}

function translated(message: Message): void {
  const asked = new Asked();
  const { items } = translate({ ...message, asked: asked.note });
  if (asked.fieldsOf(message).length > MOST_FIELDS) throw new Error('more fields are told of than anybody reads');
  for (const item of items) {
    if (item.outcome === 'quarantined' && item.reason.code === 'unreadable') throw new Error('an adapter threw');
    if (item.outcome !== 'fact') continue;
    const { type, data, occurred, statedAt } = item.fact;
    if (Number.isNaN(Date.parse(occurred.at)) || Number.isNaN(Date.parse(statedAt)))
      throw new Error(`${type} is of no time`);
    const reading = snapshotReading(type);
    if (reading)
      for (const changes of changesThrough([reading.read(data), reading.read(data)]))
        changes.forEach((change) => reading.facts(change, statedAt));
  }
}

async function formOrRefused(bytes: Buffer): Promise<void> {
  try {
    const { file } = await formWithFile(Readable.from([bytes]), `multipart/form-data; boundary=${BOUNDARY}`);
    if (file && file.bytes.length > bytes.length) throw new Error('a file is longer than its form');
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
  }
}

function orRefused(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
  }
}

async function orFileRefused(read: () => Promise<void>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    if (error instanceof FileRefused) return true;
    throw error;
  }
}

async function wholeFile(bytes: Buffer): Promise<void> {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  const file = await openFile(path);
  try {
    const kind = await kindOf(file);
    for (const one of kind === 'zip' ? await filesIn(file) : [file]) {
      const inside = await kindOf(one);
      if (inside === 'zip') throw new Error('an archive in an archive');
      let pieces = 0;
      for await (const piece of piecesOf(one, inside, one.read())) pieces += piece.body.length > 0 ? 1 : 0;
      if (pieces > bytes.length + 1) throw new Error('more pieces than bytes');
    }
  } finally {
    await file.close();
  }
}

async function* inTwo(bytes: Buffer): AsyncGenerator<Buffer> {
  const middle = Math.floor(bytes.length / 2);
  yield bytes.subarray(0, middle);
  yield bytes.subarray(middle);
}

/** But blanks at the end, and a byte order mark with nothing behind it: they are no row. */
function holdsAll(bytes: Buffer, cut: Buffer): boolean {
  return bytes.subarray(0, cut.length).equals(cut) && bytes.subarray(cut.length).toString().trim() === '';
}
