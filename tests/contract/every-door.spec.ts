import { describe, expect, it } from '@jest/globals';
import { everyDoor } from './every-door.js';
import { everyRoute } from './routes.js';

/** Answered before any door: other methods' and nobody's addresses, files, and the bundled issuer, which refuses production. */
const NO_DOOR = /^\w+ \/(\*|v1\/\*|assets\/.+|oauth2\/\*)$/;

describe('the list of every door', () => {
  it('names each route that the running hub registers, and no other', async () => {
    const routes = (await everyRoute()).filter((route) => !NO_DOOR.test(route));
    expect(everyDoor.map(({ method, route }) => `${method} ${route}`).toSorted()).toEqual(routes);
  }, 60_000);
});
