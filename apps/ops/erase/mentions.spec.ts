import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { create, toBinary } from '@bufbuild/protobuf';
import { MissingReportedSchema } from '../../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { calendarOf } from '../../../libs/simulations/childhood/calendar.js';
import { childhood } from '../../../libs/simulations/childhood/childhood.js';
import { castOf } from '../../../libs/simulations/childhood/people.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { drain } from '../../worker/worker.loop.js';
import { receiptsThatMention } from './mentions.js';

const now = '2026-05-01T12:00:00Z';
const { kit } = castOf(calendarOf(now));
const { nhsNumber = '', pncId = '', givenNames, familyName, birthDate } = kit;
const [year, month, day] = birthDate.split('-');

describe('what mentions a child', () => {
  let hub: TestHub;
  let streams: string[];
  beforeAll(async () => {
    hub = await openTestHub();
    await hub.keep(...childhood(now));
    await drain(hub);
    const { rows } = await hub.database.query<{ record: string }>(
      `select record from links where known_to = 'infinity' and child = (
         select child from links join records on stream = record where key_hash = $1)`,
      [hub.keys.hash('record', 'police', 'nominal-70101')],
    );
    streams = rows.map(({ record }) => record);
  });
  afterAll(async () => {
    await hub.close();
  });

  let sent = 0;
  /** True when the message, which no adapter reads, is found. */
  async function mentioned(body: string | Uint8Array, contentType = 'application/json'): Promise<boolean> {
    sent += 1;
    const format = 'unheard.of';
    const [kept] = await hub.keep({ system: 'health', messageId: `odd-${sent}`, format, contentType, body });
    await drain(hub);
    expect((await hub.status(kept!.receipt)).status).toBe('quarantined');
    return (await receiptsThatMention(streams, hub.database, hub.keys)).includes(kept!.receipt);
  }

  const proto = (person: object): Uint8Array =>
    toBinary(MissingReportedSchema, create(MissingReportedSchema, { reportReference: 'MR-1', person }));
  const base64 = (bytes: Uint8Array | string): string =>
    JSON.stringify({ type: 'unheard.of', data_base64: Buffer.from(bytes).toString('base64') });

  it.each([
    [
      'an NHS number, written in groups',
      `{"text":"see ${nhsNumber.replace(/(...)(...)(....)/, '$1 $2 $3')}, 2 visits"}`,
    ],
    ['a number as JSON writes one', `{"nhs":${nhsNumber}}`],
    ['a PNC id, with its slash escaped', `{"pnc":"${pncId.replace('/', '\\/')}"}`],
    ['a PNC id, in its short form', `PNC ${pncId.slice(2).replace('/000', '/').toLowerCase()}.`],
    ['a source’s key', '{"about":"nominal-70101"}'],
    ['names and a birth date', `{"given":"${givenNames}","family":"${familyName}","born":"${birthDate}T00:00:00Z"}`],
    [
      'names and a birth date as people write it',
      `${familyName.toUpperCase()}, ${givenNames} (${day}/${month}/${year})`,
    ],
    ['a number in base64', base64(`NHS ${nhsNumber}`)],
    ['a number in protobuf in base64', base64(proto({ pncId }))],
    ['names and a birth date in protobuf', proto({ givenNames, familyName, birthDate })],
  ])('is %s', async (_what, body) => {
    expect(await mentioned(body)).toBe(true);
  });

  it.each([
    ['names without a birth date', `{"given":"${givenNames}","family":"${familyName}"}`],
    ['a birth date without names', `{"born":"${birthDate}"}`],
    [
      'one name, inside another, and the birth date',
      `{"given":"${givenNames}ty","family":"${familyName}","born":"${birthDate}"}`,
    ],
    ['another’s number', `{"nhs":"${castOf(calendarOf(now)).wren.nhsNumber ?? ''}"}`],
    ['a longer number that has this one in it', `{"reference":"1${nhsNumber}"}`],
    ['a longer key', '{"about":"nominal-701012"}'],
  ])('is not %s', async (_what, body) => {
    expect(await mentioned(body)).toBe(false);
  });
});
