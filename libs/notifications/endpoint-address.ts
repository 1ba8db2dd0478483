import ipaddr from 'ipaddr.js';

const LONGEST = 2_000;

/** Why an address is none that the hub sends to; undefined: it is one. Says the rule, never the address. */
export function refusalOf(address: string, allowLoopback: boolean): string | undefined {
  if (address.length > LONGEST || !URL.canParse(address)) return 'is no address';
  const { protocol, username, password, hash, hostname } = new URL(address);
  if (protocol !== 'https:' && !(allowLoopback && protocol === 'http:')) return 'does not begin with https';
  if (username !== '' || password !== '') return 'holds a name or a password';
  if (hash !== '') return 'holds a fragment';
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) && !isPublic(bare, allowLoopback) ? 'is not reachable from the internet' : undefined;
}

/** True for an IP address on the internet: not private, link-local, loopback, nor anything that is translated to one of them. */
export function isPublic(ip: string, allowLoopback: boolean): boolean {
  const address = ipaddr.process(ip);
  const range = address.range();
  if (range !== 'unicast') return allowLoopback && range === 'loopback';
  // What is given out of IPv6 is 2000::/3; outside of it `::127.0.0.1` was once another way to write this machine.
  return address instanceof ipaddr.IPv4 || (address.parts[0] ?? 0) >> 13 === 1;
}
