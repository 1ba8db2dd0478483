import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  UseFilters,
} from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { instant } from '../../../libs/kernel/instant.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import { refusalOf } from '../../../libs/notifications/endpoint-address.js';
import type { Config } from '../../../libs/platform/config.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { KEPT_MS } from '../../../libs/platform/notifications/delivery-retention.js';
import { enqueueTest, replay } from '../../../libs/platform/notifications/delivery-store.js';
import { EndpointStore, type Endpoint } from '../../../libs/platform/notifications/endpoint-store.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { badRequest, forbidden, notFound, Problem } from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { bearerOf, TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { CLOCK, CONFIG, HUB_DATABASE } from '../../../libs/platform/tokens.js';
import { apiLooker } from '../api/api-looker.js';
import type { Looker } from '../looks/looker.js';
import { Looks } from '../looks/looks.js';
import { bodyAs, RegisterDto, ReplayDto } from './webhook.dto.js';

const MOST = 10;

type Asked = Readonly<Record<string, string | undefined>>;

/** A partner's system says where it is told, tries it, changes its secret, and has what it missed sent again. */
@Controller('v1/webhooks')
@UseFilters(ProblemFilter)
export class WebhooksController {
  constructor(
    private readonly store: EndpointStore,
    private readonly looks: Looks,
    @Inject(HUB_DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async list(@Req() request: FastifyRequest, @Headers() headers: Asked): Promise<object> {
    const { viewer } = await this.#system(request, headers);
    return { webhooks: (await this.store.list(viewer.who)).map(endpointJson) };
  }

  /** The secret is in this answer, and in no other. */
  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  async register(@Req() request: FastifyRequest, @Headers() headers: Asked, @Body() body: unknown): Promise<object> {
    const looker = await this.#system(request, headers);
    const { url } = await bodyAs(RegisterDto, '{"url": "https://…"}', body);
    const refusal = refusalOf(url, this.config.HUB_WEBHOOK_ALLOW_LOOPBACK);
    if (refusal !== undefined) throw badRequest('invalid-address', `The address ${refusal}.`, '/url');
    const { who, agency, area = '' } = looker.viewer;
    if ((await this.store.list(who)).length >= MOST) {
      throw new Problem(409, 'too-many-webhooks', 'Too many', `A system has at most ${MOST} webhooks.`);
    }
    const id = randomUUID();
    await this.#record(looker, 'webhook.register', id);
    const { purpose } = looker;
    const endpoint = await this.store.register({
      ...{ id, system: who, agency, place: area, purpose, url },
      createdAt: this.#at(),
    });
    return { ...endpointJson(endpoint), secret: endpoint.secrets[0] };
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Req() request: FastifyRequest, @Headers() headers: Asked, @Param('id') id: string): Promise<void> {
    const endpoint = await this.#own(await this.#system(request, headers), id, 'webhook.remove');
    await this.store.remove(endpoint.id);
  }

  @Post(':id/test')
  @HttpCode(202)
  async test(@Req() request: FastifyRequest, @Headers() headers: Asked, @Param('id') id: string): Promise<object> {
    const endpoint = await this.#listening(await this.#system(request, headers), id, 'webhook.test');
    return { id: `${await enqueueTest(this.database, endpoint.id, this.#at())}.test` };
  }

  /** The secret before goes on signing beside the new one, until the next time. */
  @Post(':id/rotate')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async rotate(@Req() request: FastifyRequest, @Headers() headers: Asked, @Param('id') id: string): Promise<object> {
    const endpoint = await this.#own(await this.#system(request, headers), id, 'webhook.rotate');
    return { id: endpoint.id, secret: await this.store.rotate(endpoint) };
  }

  @Post(':id/replay')
  @HttpCode(202)
  async replay(
    @Req() request: FastifyRequest,
    @Headers() headers: Asked,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const looker = await this.#system(request, headers);
    const { from } = await bodyAs(ReplayDto, '{"from": "an RFC 3339 time"}, or {}', body);
    const earliest = this.clock.now() - KEPT_MS;
    const since = from === undefined ? new Date(earliest).toISOString() : instant(from);
    if (since === undefined) throw badRequest('invalid-body', 'from is a time in RFC 3339.', '/from');
    if (Date.parse(since) < earliest) throw badRequest('too-early', 'Messages are sent again for 90 days.', '/from');
    const endpoint = await this.#listening(looker, id, 'webhook.replay');
    return { id: endpoint.id, messages: await replay(this.database, endpoint.id, since, this.#at()) };
  }

  // One that answered 410 is sent nothing: better said than promised.
  async #listening(looker: Looker, id: string, what: string): Promise<Endpoint> {
    const endpoint = await this.#find(looker, id);
    if (endpoint.state === 'gone') {
      throw new Problem(
        409,
        'webhook-gone',
        'Gone',
        'It said that it is gone (410): remove it, and register it again.',
      );
    }
    await this.#record(looker, what, endpoint.id);
    return endpoint;
  }

  async #own(looker: Looker, id: string, what: string): Promise<Endpoint> {
    const endpoint = await this.#find(looker, id);
    await this.#record(looker, what, endpoint.id);
    return endpoint;
  }

  async #find({ viewer }: Looker, id: string): Promise<Endpoint> {
    const endpoint = await this.store.find(viewer.who, id.toLowerCase());
    if (!endpoint) throw notFound();
    return endpoint;
  }

  async #system(request: FastifyRequest, headers: Asked): Promise<Looker> {
    const caller = await this.tokens.verify(bearerOf(headers['authorization']));
    if (caller.system === undefined) throw forbidden('not-a-system', 'Webhooks are a system’s own.');
    return apiLooker(caller, 'inbox', headers['hub-purpose'], correlationOf(request));
  }

  async #record(looker: Looker, what: string, endpoint: string): Promise<void> {
    await this.looks.record(looker, { what, outcome: 'done', details: { endpoint } });
  }

  #at(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

function endpointJson({ id, url, purpose, state, createdAt, failingSince }: Endpoint): object {
  return { id, url, purpose, state, createdAt, ...(failingSince === null ? {} : { failingSince }) };
}
