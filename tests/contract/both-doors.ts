import { createRegistry, toJson } from '@bufbuild/protobuf';
import { catalogue } from '../../libs/contracts/catalogue.js';
import {
  TryResponseSchema,
  type Problem as ProtoProblem,
  type Receipt,
} from '../../libs/contracts/gen/hub/publish/v1/publish_pb.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { STRUCTURED, type Event } from './events.js';
import { grpcCaller, protoEventOf, refusalOf, streamed, type GrpcCaller } from './grpc-caller.js';
import type { Problem } from './refusal.js';
import { startGateway, type RunningGateway } from './running-gateway.js';

/** What a door says to one event, in the same words whichever door it was. */
export interface Said {
  readonly receipt?: Pick<Receipt, 'id' | 'status' | 'href'>;
  readonly problem?: Omit<Problem, 'correlationId'>;
  readonly retrySeconds?: number;
  /** All that came back, as text. */
  readonly text: string;
}

/** Sends one event with this Authorization (none when undefined). */
export type Door = (event: Event, authorization: string | undefined) => Promise<Said>;

export const doorNames = ['HTTP', 'Publish', 'PublishStream'] as const;

/** The doors where an event is only tried. */
export const tryingNames = ['sandbox', 'Try'] as const;

export interface BothDoors {
  readonly gateway: RunningGateway;
  /** Of the gRPC door. */
  readonly port: number;
  readonly caller: GrpcCaller;
  readonly doors: Readonly<Record<(typeof doorNames)[number], Door>>;
  /** They say no receipt: what came back is in `text`. */
  readonly trying: Readonly<Record<(typeof tryingNames)[number], Door>>;
  bearer(system?: string, scope?: string): Promise<string>;
  stop(): Promise<void>;
}

const contract = createRegistry(...[...catalogue.values()].map(({ schema }) => schema));

/** The real gateway with its HTTP and its gRPC door, each on a port of its own. */
export async function openBothDoors(settings: Record<string, string> = {}): Promise<BothDoors> {
  const port = await freePort();
  const gateway = await startGateway({ GRPC_PORT: String(port), ...settings });
  const caller = grpcCaller(port);
  return {
    gateway,
    port,
    caller,
    doors: {
      HTTP: async (event, authorization) => overHttp(gateway, event, authorization),
      Publish: async (event, authorization) => {
        const call = caller.publish(protoEventOf(event), metadata(authorization));
        return call.then(kept, async () => refused(call));
      },
      PublishStream: async (event, authorization) => {
        const stream = caller.stream(metadata(authorization));
        const call = streamed(stream, [protoEventOf(event)]);
        return call.then(
          ([result]) =>
            result?.outcome.case === 'receipt' ? kept(result.outcome.value) : itemRefused(result?.outcome),
          async () => refused(call),
        );
      },
    },
    trying: {
      sandbox: async (event, authorization) => overHttp(gateway, event, authorization, '/v1/sandbox/events'),
      Try: async (event, authorization) => {
        const call = caller.try(protoEventOf(event), metadata(authorization));
        return call.then(
          (answer) => ({ text: JSON.stringify(toJson(TryResponseSchema, answer, { registry: contract })) }),
          async () => refused(call),
        );
      },
    },
    bearer: async (system = 'police', scope = 'publish') => `Bearer ${await gateway.token(system, scope)}`,
    stop: async () => {
      caller.close();
      await gateway.stop();
    },
  };
}

async function overHttp(
  gateway: RunningGateway,
  event: Event,
  authorization: string | undefined,
  path = '/v1/events',
): Promise<Said> {
  const headers = { ...STRUCTURED, ...metadata(authorization) };
  const answer = await gateway.send('POST', path, headers, JSON.stringify(event));
  const { text } = answer;
  if (answer.status === 200) return { text };
  if (answer.status === 202) return { ...answer.json<{ receipts: [Receipt] }>().receipts.map(kept)[0], text };
  const retry = answer.headers.get('retry-after');
  const { correlationId: _, ...problem } = answer.json<Problem>();
  return { problem, ...(retry === null ? {} : { retrySeconds: Number(retry) }), text };
}

const metadata = (authorization: string | undefined): Record<string, string> =>
  authorization === undefined ? {} : { authorization };

function kept({ id, status, href }: Pick<Receipt, 'id' | 'status' | 'href'>): Said {
  return { receipt: { id, status, href }, text: `${id} ${status} ${href}` };
}

async function refused(call: Promise<unknown>): Promise<Said> {
  const { problem, retrySeconds, text } = await refusalOf(call);
  if (!problem) throw new Error(`refused without a problem: ${text}`);
  return { problem: plain(problem), ...(retrySeconds === undefined ? {} : { retrySeconds }), text };
}

function itemRefused(outcome: { case: string | undefined; value?: unknown } | undefined): Said {
  if (outcome?.case !== 'problem') throw new Error('the stream ended without a result');
  const problem = plain(outcome.value as ProtoProblem);
  return { problem, text: JSON.stringify(problem) };
}

function plain({ type, title, status, detail, pointer }: ProtoProblem): Omit<Problem, 'correlationId'> {
  return { type, title, status, detail, ...(pointer === '' ? {} : { pointer }) };
}
