import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HubModule } from '../../apps/hub/hub.module.js';
import { readConfig } from '../../libs/platform/config.js';
import { openTestHub } from '../../libs/testing/hub/hub.js';

/** `METHOD /path/:parameter` of every route that the whole hub answers at, whoever it is for. Sorted; HEAD goes with GET. */
export async function everyRoute(): Promise<string[]> {
  const hub = await openTestHub();
  const adapter = new FastifyAdapter();
  const routes: string[] = [];
  adapter.getInstance().addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url}`);
  });
  const config = readConfig({ LOG_LEVEL: 'silent', HUB_DATA: hub.config.HUB_DATA, HUB_ROLES: 'gateway,portal' });
  const application = await NestFactory.create(HubModule.with({ ...hub, config }), adapter, { logger: false });
  await application.init();
  await application.close();
  await hub.close();
  return [...new Set(routes)].toSorted();
}

/** Those for machines: all under /v1, health, and the documents. */
export async function routesOfTheHub(): Promise<string[]> {
  return (await everyRoute()).filter((route) => FOR_MACHINES.test(route));
}

const FOR_MACHINES = /^\w+ \/(v1\/(?!\*)|health\/|metrics$|docs\/[a-z]+\.json$)/;
