import {
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  UseFilters,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { bearerOf, TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { apiLooker } from '../api/api-looker.js';
import { Cursors } from '../looks/cursors.js';
import type { Looker } from '../looks/looker.js';
import { invalid, one, type Query as Parameters } from '../looks/parameters.js';
import { Inbox } from './inbox.js';
import { notificationJson } from './notification-json.js';

const PAGE = 100;
const SCOPE = 'notifications';

type Asked = Readonly<Record<string, string | undefined>>;

/** Notices for programs: those addressed to the caller's agency, or to the person whose token it is. */
@Controller('v1/notifications')
@UseFilters(ProblemFilter)
export class NotificationsApiController {
  constructor(
    private readonly inbox: Inbox,
    private readonly cursors: Cursors,
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
  ) {}

  /** Oldest first. `cursor` in the answer is where to go on from next time; `next` is there when there is more already. */
  @Get()
  @Header('cache-control', 'no-store')
  async list(@Req() request: FastifyRequest, @Headers() headers: Asked, @Query() query: Parameters): Promise<object> {
    const looker = await this.#looker(request, headers);
    for (const name of Object.keys(query)) if (name !== 'cursor') throw invalid(name.slice(0, 64), 'is not one');
    const cursor = one(query, 'cursor');
    const scope = `${SCOPE} ${looker.viewer.agency} ${looker.viewer.who}`;
    const after = cursor === undefined ? '0' : (this.cursors.read(scope, cursor)[0] ?? '0');
    const { notices, more } = await this.inbox.list(looker, after, PAGE);
    const last = notices.at(-1);
    // Where nothing came, one goes on from where one was.
    const place = last ? this.cursors.write(scope, [String(last.row.position)]) : cursor;
    return {
      notifications: notices.map(notificationJson),
      ...(place === undefined ? {} : { cursor: place }),
      ...(more && place !== undefined ? { next: place } : {}),
    };
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  async acknowledge(
    @Req() request: FastifyRequest,
    @Headers() headers: Asked,
    @Param('id') id: string,
  ): Promise<object> {
    const looker = await this.#looker(request, headers);
    if (!isUuid(id)) throw notFound();
    const { who } = looker.viewer;
    const [told] = await this.inbox.acknowledge(looker, who, { notice: id });
    return { id: told?.row.id ?? id, acknowledged: true };
  }

  async #looker(request: FastifyRequest, headers: Asked): Promise<Looker> {
    const caller = await this.tokens.verify(bearerOf(headers['authorization']));
    return apiLooker(caller, 'inbox', headers['hub-purpose'], correlationOf(request));
  }
}
