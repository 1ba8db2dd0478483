import { promises as dns } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublic } from '../../../libs/notifications/endpoint-address.js';

const ASKED_MS = 2_000;
const TRIES = 2;

/** Asks name servers for the addresses of a name, of both families. */
export type AddressesOf = (name: string) => Promise<readonly Address[]>;

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * Addresses of a name, from the name servers of this machine (`resolv.conf`) or those that are given. Not `dns.lookup`: that has four
 * threads for the whole process, and four names whose servers do not answer would hold up every other name. So the hosts file is not
 * read; `localhost` is this machine, as RFC 6761 says. Rejects when there is no address.
 */
export function nameServers(servers?: readonly string[]): AddressesOf {
  const resolver = new dns.Resolver({ timeout: ASKED_MS, tries: TRIES });
  if (servers) resolver.setServers(servers);
  return async (name) => {
    if (/^(.*\.)?localhost\.?$/i.test(name)) {
      return [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ];
    }
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found: Address[] = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 as const })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 as const })) : []),
    ];
    if (found.length === 0) throw new Error('the name leads nowhere', { cause: [four, six] });
    return found;
  };
}

/** For a connection: it goes to one of the addresses found here, and to none unless all of them are public. */
export function publicOnly(allowLoopback: boolean, addressesOf: AddressesOf): LookupFunction {
  return (hostname, { all }, callback) => {
    void addressesOf(hostname)
      .then((found) => {
        const [first] = found;
        if (!first || !found.every(({ address }) => isPublic(address, allowLoopback))) throw new AddressRefused();
        return { first, found };
      })
      .then(
        ({ first, found }) => {
          if (all === true) callback(null, [...found]);
          else callback(null, first.address, first.family);
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
      );
  };
}

class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'address-refused';

  constructor() {
    super('not a public address');
  }
}
