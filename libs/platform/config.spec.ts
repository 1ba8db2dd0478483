import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

describe('configuration', () => {
  it('has a default for everything development needs', () => {
    const config = readConfig({});
    expect(config.PORT).toBe(3000);
    expect(config.url).toBe('http://localhost:3000');
    expect(config.plays('worker')).toBe(true);
  });

  it('names every fault at once, and no value', () => {
    const read = (): unknown =>
      readConfig({ PORT: 'seventy', DATABASE_URL: 'mysql://secret', HUB_MASTER_KEY: 'short-secret' });
    expect(read).toThrow(/PORT.*\n.*DATABASE_URL.*\n.*HUB_MASTER_KEY/s);
    expect(read).not.toThrow(/secret/);
  });

  it('refuses production without a master key and an issuer', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/HUB_MASTER_KEY.*OIDC_ISSUER/s);
  });

  it('holds messages of unknown people for 90 days, and never so short that no other agency can have spoken', () => {
    expect(readConfig({}).HUB_HELD_DAYS).toBe(90);
    expect(readConfig({ HUB_HELD_DAYS: '28' }).HUB_HELD_DAYS).toBe(28);
    for (const days of ['27', '0', '-1', '1.5', 'ever']) {
      expect(() => readConfig({ HUB_HELD_DAYS: days })).toThrow(/HUB_HELD_DAYS/);
    }
  });

  it('turns the demonstration off with HUB_DEMO=false', () => {
    expect(readConfig({ HUB_DEMO: 'false' }).HUB_DEMO).toBe(false);
    expect(readConfig({}).HUB_DEMO).toBe(true);
  });
});
