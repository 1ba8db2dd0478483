import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SignInLimit } from './sign-in-limit.js';

describe('how often one address may sign in', () => {
  let limit: SignInLimit;
  beforeEach(() => {
    jest.useFakeTimers();
    limit = new SignInLimit(2);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const refused = expect.objectContaining({ status: 429, code: 'too-many-requests' });
  const twice = async (address: string): Promise<void> => {
    await limit.admit('begin', address);
    await limit.admit('begin', address);
  };

  it('is so often in a minute, and again once it is over, as it is told', async () => {
    await twice('192.0.2.1');
    jest.advanceTimersByTime(20_000);
    await expect(limit.admit('begin', '192.0.2.1')).rejects.toMatchObject({ headers: { 'retry-after': '40' } });
    jest.advanceTimersByTime(40_000);
    await twice('192.0.2.1');
    await expect(limit.admit('begin', '192.0.2.1')).rejects.toEqual(refused);
  });

  it('is each address’s own, and beginning takes nothing from finishing', async () => {
    await twice('192.0.2.1');
    await twice('192.0.2.2');
    await limit.admit('finish', '192.0.2.1');
    await expect(limit.admit('begin', '::ffff:192.0.2.1')).rejects.toEqual(refused);
  });

  it('is one for a network in which one has all addresses', async () => {
    await twice('2001:db8::1');
    await expect(limit.admit('begin', '2001:db8::ffff')).rejects.toEqual(refused);
    await limit.admit('begin', '2001:db8:0:1::1');
  });
});
