import { createServer, type AddressInfo } from 'node:net';

/** A port of 127.0.0.1 that was free a moment ago: for servers that must know their own address before they listen. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  probe.listen(0, '127.0.0.1', () => resolve(undefined));
  await promise;
  const { port } = probe.address() as AddressInfo;
  const closed = Promise.withResolvers<undefined>();
  probe.close(() => closed.resolve(undefined));
  await closed.promise;
  return port;
}
