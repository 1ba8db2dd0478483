import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';

/** A server in a process of its own, and the connections to load it. */
export interface Target {
  /** Publishes; rejects unless the answer is 202. */
  post(contentType: string, body: string): Promise<void>;
  /** Where its gRPC door is, and what to send there as `authorization`. */
  readonly grpc: { readonly port: number; readonly authorization: string };
  stop(): Promise<void>;
}

/** Starts `publish-server` and keeps `connections` open to it. For the gateway also takes a token. */
export async function startTarget(connections: number, ...command: readonly string[]): Promise<Target> {
  const child = fork(fileURLToPath(new URL('./publish-server.js', import.meta.url)), [...command]);
  const { port, grpcPort } = await portsOf(child);
  const origin = `http://127.0.0.1:${port}`;
  const authorization = command[0] === 'gateway' ? `Bearer ${await tokenOf(origin)}` : undefined;
  const pool = new Pool(origin, { connections, pipelining: 1 });
  return {
    grpc: { port: grpcPort, authorization: authorization ?? '' },
    post: async (contentType, body) => {
      const headers = { 'content-type': contentType, ...(authorization === undefined ? {} : { authorization }) };
      const answer = await pool.request({ method: 'POST', path: '/v1/events', headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 202) throw new Error(`${answer.statusCode} ${text.slice(0, 500)}`);
    },
    stop: async () => {
      await pool.close();
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

interface Ports {
  readonly port: number;
  readonly grpcPort: number;
}

async function portsOf(child: ChildProcess): Promise<Ports> {
  const { promise, resolve, reject } = Promise.withResolvers<Ports>();
  child.once('message', (ports: Ports) => resolve(ports));
  child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  return promise;
}

async function tokenOf(origin: string): Promise<string> {
  const authorization = `Basic ${Buffer.from('police:police-secret').toString('base64')}`;
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'publish' });
  const answer = await fetch(`${origin}/oauth2/token`, { method: 'POST', headers: { authorization }, body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
