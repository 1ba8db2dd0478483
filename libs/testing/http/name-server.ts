import { createSocket, type RemoteInfo } from 'node:dgram';
import { isIPv4 } from 'node:net';

const HEADER = 12;
const [A, INTERNET] = [1, 1];

export interface NameServer {
  /** As `setServers` takes it. */
  readonly address: string;
  /** Every name that was asked for, in order, once for each kind of address. */
  readonly asked: string[];
  /** IPv4 addresses of a name; undefined: no answer, until `release`. */
  answer: (name: string) => readonly string[] | undefined;
  /** Says of every name that had no answer that it leads nowhere. */
  release(): void;
  close(): Promise<void>;
}

/** A name server on this machine, as RFC 1035 has it: one question, answered with addresses of IPv4. */
export async function openNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const withheld: (() => void)[] = [];
  const server: NameServer = {
    address: `127.0.0.1:${socket.address().port}`,
    asked: [],
    answer: () => [],
    release: () => {
      for (const reply of withheld.splice(0)) reply();
    },
    close: async () => new Promise<void>((resolve) => socket.close(resolve)),
  };
  socket.on('message', (query: Buffer, from: RemoteInfo) => {
    const { name, type, end } = questionOf(query);
    server.asked.push(name);
    const reply = (addresses: readonly string[]): void => {
      socket.send(answerTo(query.subarray(0, end), type === A ? addresses : []), from.port, from.address);
    };
    const addresses = server.answer(name);
    if (addresses) reply(addresses);
    else withheld.push(() => reply([]));
  });
  return server;
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(question: Buffer, addresses: readonly string[]): Buffer {
  const header = Buffer.from(question);
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(addresses.length, 6);
  // Whatever the query said beside its question is left out.
  header.writeUInt32BE(0, 8);
  return Buffer.concat([header, ...addresses.filter((one) => isIPv4(one)).map(recordOf)]);
}

function recordOf(address: string): Buffer {
  const record = Buffer.alloc(16);
  // A pointer to the name in the question; kept by nobody.
  record.writeUInt16BE(0xc000 + HEADER, 0);
  record.writeUInt16BE(A, 2);
  record.writeUInt16BE(INTERNET, 4);
  record.writeUInt16BE(4, 10);
  record.set(address.split('.').map(Number), 12);
  return record;
}
