import type { Config } from '../../libs/platform/config.js';
import { demoPeople } from '../../libs/platform/sign-in/issuer/demo.js';
import { playChildhood } from '../ops/demo/play.js';
import type { RunningHub } from './hub.application.js';

const firstEvent = {
  specversion: '1.0',
  id: 'my-first-event',
  source: 'police',
  type: 'hub.police.v1.MissingReported',
  subject: 'nominal-70101',
  time: '2026-11-20T21:15:00Z',
  datacontenttype: 'application/json',
  data: { reportReference: 'MR-26-0999', risk: 'RISK_GRADE_MEDIUM', lastSeen: 'school' },
};

/** Plays the demonstration when the store is empty, then says where the hub is, who can sign in, and one call that works. */
export async function greet(hub: RunningHub): Promise<void> {
  const { url, config } = hub;
  if (config.production || config.OIDC_ISSUER !== undefined || !config.plays('gateway')) return;
  if (config.HUB_DEMO && (await hub.isEmpty())) {
    const messages = await playChildhood(url, new Date().toISOString(), () => undefined);
    write(`\n  A demonstration childhood was published through the doors: ${messages} messages.`);
  }
  write(`
  Youth Justice Hub is running at ${url}

  Sign in (development only) as
${demoPeople.map(({ username, post }) => `    ${username.padEnd(16)} ${post}`).join('\n')}

  Publish an event:
    TOKEN=$(curl -s -u police:police-secret -d grant_type=client_credentials -d scope=publish ${url}/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
    curl -s ${url}/v1/events -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/cloudevents+json' -d '${JSON.stringify(firstEvent)}'
${grpc(config)}
  Ctrl-C stops it; a second start keeps everything.
`);
}

function grpc({ GRPC_PORT }: Config): string {
  if (GRPC_PORT === 0) return '';
  return `
  The same over gRPC, with reflection: hub.publish.v1.Publisher at localhost:${GRPC_PORT}
`;
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
