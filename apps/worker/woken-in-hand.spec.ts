import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { translate } from '../../libs/adapters/registry.js';
import type { IntakeQueue } from '../../libs/kernel/intake.js';
import { recordsExport } from '../../libs/simulations/case-records.js';
import { domainEventTelling } from '../../libs/simulations/domain-event.js';
import { domainEvent } from '../../libs/simulations/supervision-event.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { processBatch } from './pipeline.js';
import { drain } from './worker.loop.js';

const at = '2026-03-01T10:00:00Z';
const alert = domainEvent('person.alert.created', at, [{ type: 'NOMS', value: 'A0011AA' }], {
  alertUuid: '00000000-0000-4000-8000-0000000002bc',
  alertCode: 'XSA',
});
const aboutNumber = domainEventTelling('probation', alert, alert);
const child = { kind: 'self-harm', caseRef: 'YC-1', dateOfBirth: '2011-01-14', nomsNumber: 'A0011AA', incidentRef: 'IN-1', incidentOn: '2026-03-01' }; // prettier-ignore
const ofChild: Telling = {
  system: 'secure-estate',
  door: 'native',
  format: '',
  headers: { 'content-type': 'application/json' },
  body: recordsExport([child], at),
};

describe('a message held while another worker hears whose number it names', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => hub.close());

  it('is not held for good, although it waits for more than the number', async () => {
    const [kept] = await hub.keep(aboutNumber);
    const claimed = await hub.intake.claim(1, 60);
    // Between holding it and closing it, the other worker is through with the child's own record.
    const intake: IntakeQueue = {
      keep: async (messages) => hub.intake.keep(messages),
      claim: async (limit, seconds) => hub.intake.claim(limit, seconds),
      wait: async (ms, signal) => hub.intake.wait(ms, signal),
      close: async (done) => {
        await hub.keep(ofChild);
        await drain(hub);
        await hub.intake.close(done);
      },
    };
    await processBatch(claimed, { ...hub, intake }, translate);
    await drain(hub);
    expect((await hub.status(kept?.receipt ?? '')).status).toBe('recorded');
  });
});
