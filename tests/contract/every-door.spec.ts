import { describe, expect, it } from '@jest/globals';
import { elsewhere } from '../../apps/gateway/doors/elsewhere.js';
import { everyDoor } from './every-door.js';
import { everyRoute } from './routes.js';

/** Answered before any door: other methods' and nobody's addresses, files, and the bundled issuer, which refuses production. */
const NO_DOOR = /^\w+ \/(\*|v1\/\*|assets\/.+|oauth2\/\*)$/;

describe('the list of every door', () => {
  it('names each route that the running hub registers, and no other', async () => {
    const routes = (await everyRoute()).filter((route) => !NO_DOOR.test(route));
    expect(everyDoor.map(({ method, route }) => `${method} ${route}`).toSorted()).toEqual(routes);
  }, 60_000);

  const api = new Map<string, string[]>();
  for (const { method, route } of everyDoor.filter(({ route }) => route.startsWith('/v1/')))
    api.set(route, [...(api.get(route) ?? []), method]);

  it.each([...api])('%s answers a method that it does not take with those it takes', (route, methods) => {
    const { status, headers } = elsewhere({ url: route.replaceAll(/:\w+/g, 'x'), method: 'TRACE' });
    expect({ status, allow: headers?.['allow']?.split(', ') }).toEqual({
      status: 405,
      allow: expect.arrayContaining(methods),
    });
    expect(headers?.['allow']?.split(', ').filter((method) => method !== 'HEAD')).toHaveLength(methods.length);
  });
});
