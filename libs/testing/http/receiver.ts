import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a receiver answers one message: a status, or a way of failing. `late`: it takes it, and says so when nobody waits any more. */
export type Answer = number | 'hang' | 'late' | 'cut' | 'lie' | 'redirect';

export interface Receiver {
  readonly url: string;
  /** Every message that came, in order, whatever was answered. */
  readonly came: Received[];
  /** Messages that were answered with success, in order. */
  readonly taken: Received[];
  answer: (message: Received) => Answer;
  close(): Promise<void>;
}

/** A partner's server for webhooks, on this machine. */
export async function openReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    came: [],
    taken: [],
    answer: () => 204,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const message = { id: headers['webhook-id'] ?? '', headers, body };
    receiver.came.push(message);
    const answer = receiver.answer(message);
    if (answer === 'hang') return;
    if (answer === 'late') {
      receiver.taken.push(message);
      request.socket.once('close', () => response.writeHead(200).end());
      return;
    }
    if (answer === 'cut') return void request.socket.destroy();
    if (answer === 'lie') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('ok', () => request.socket.destroy());
      return;
    }
    if (answer === 'redirect') return void response.writeHead(307, { location: receiver.url }).end();
    if (answer >= 200 && answer < 300) receiver.taken.push(message);
    response.writeHead(answer).end();
  }
  return receiver;
}
