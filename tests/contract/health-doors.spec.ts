import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import { fhirBundle, type SimulatedResource } from '../../libs/simulations/fhir-resource.js';
import { signalBundle, signalCloudEvent } from '../../libs/simulations/patient-signal.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import { translate } from '../../libs/adapters/registry.js';
import { healthMessage } from '../../libs/testing/generated/health.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown } from '../../libs/testing/hub/shown.js';
import { factsIn } from '../../libs/testing/translation/facts-in.js';
import { startGateway, type Answer, type RunningGateway } from './running-gateway.js';

describe('a signal of the patient register, through the real doors', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(async () => gateway.stop());

  const signal = { id: randomUUID(), event: 'patientflags-change', nhsNumber: testNhsNumber(303), time: '2026-02-01T09:00:00Z', flagCode: 'NRAF' } as const; // prettier-ignore
  const event = { ...signalCloudEvent(signal), source: 'health' };
  const factOf = async (answer: Answer) => {
    expect(answer.status).toBe(202);
    const [receipt] = answer.json<{ receipts: { id: string }[] }>().receipts;
    const kept = (await gateway.intake.claim(10_000, 0)).find((one) => one.receipt === receipt?.id);
    if (!kept) throw new Error('the message was not kept');
    return factsIn(translate(kept.message));
  };
  const { id: _, ...headers } = Object.fromEntries(Object.entries(event).map(([name, value]) => [`ce-${name}`, value]));

  it.each([
    ['structured, without data', async () => gateway.post('health', '/v1/events', { 'content-type': 'application/cloudevents+json' }, JSON.stringify(event))], // prettier-ignore
    ['native, as the register writes it', async () => gateway.post('health', '/v1/native/health', { 'content-type': 'application/json' }, JSON.stringify(signalCloudEvent(signal)))], // prettier-ignore
    ['native, as a bundle', async () => gateway.post('health', '/v1/native/health', { 'content-type': 'application/fhir+json' }, JSON.stringify(signalBundle(signal)))], // prettier-ignore
    ['a bundle as the data of an event', async () => gateway.post('health', '/v1/events', { 'content-type': 'application/fhir+json', ...headers, 'ce-id': randomUUID() }, JSON.stringify(signalBundle(signal)))], // prettier-ignore
  ])('%s is the same fact', async (_name, send) => {
    const expected = factsIn(translate(healthMessage(signalCloudEvent(signal))));
    expect(await factOf(await send())).toEqual(expected);
  });
});

describe('what a health system restates, through the whole hub', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await openTestHub();
  });
  afterAll(async () => hub.close());

  const kit = { nhsNumber: testNhsNumber(404), givenName: 'Kit', familyName: 'Fennimoor', birthDate: '2011-05-06' };
  const episode = (updated: string, until?: string): SimulatedResource => ({ kind: 'episode', id: 'E-1', updated, service: 'camhs', since: '2026-02-01', ...(until === undefined ? {} : { until }) }); // prettier-ignore
  const keep = async (body: object) => {
    await hub.keep({ system: 'health', messageId: randomUUID(), format: 'fhir.r4', contentType: 'application/fhir+json', body: JSON.stringify(body) }); // prettier-ignore
    await drain(hub);
  };
  const states = async () =>
    (await factsShown(hub))
      .map(({ state, data }) => `${JSON.stringify(data?.['milestone']).slice(11, -1)} ${state}`)
      .toSorted();

  it('an end that was a mistake is withdrawn, whichever comes first; and what was entered in error, all of it', async () => {
    const ended = fhirBundle([episode('2026-02-09T08:00:00Z', '2026-02-08')], kit);
    const mended = fhirBundle([episode('2026-02-10T08:00:00Z')], kit);
    await keep(ended);
    expect(await states()).toEqual(['ENDED current', 'STARTED current']);
    await keep(mended);
    await keep(ended);
    expect(await states()).toEqual(['ENDED withdrawn', 'STARTED current']);

    const last = fhirBundle([episode('2026-02-11T08:00:00Z')], kit);
    await keep(JSON.parse(JSON.stringify(last).replace('"active"', '"entered-in-error"')) as object);
    expect(await states()).toEqual(['ENDED withdrawn', 'STARTED withdrawn']);
  });
});
