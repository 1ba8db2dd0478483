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
import type { Purpose } from '../../../libs/disclosure/terms.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import { instant } from '../../../libs/kernel/instant.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { badRequest, notFound } from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { bearerOf, TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { CLOCK } from '../../../libs/platform/tokens.js';
import { apiLooker } from '../api/api-looker.js';
import { Cursors } from '../looks/cursors.js';
import type { Looker } from '../looks/looker.js';
import { invalid, one, type Query as Parameters } from '../looks/parameters.js';
import { Inbox, keptDays } from './inbox.js';
import { notificationJson } from './notification-json.js';

const PAGE = 100;
const SCOPE = 'notifications';
const PARAMETERS = new Set(['cursor', 'since']);
const DAY_MS = 86_400_000;

type Asked = Readonly<Record<string, string | undefined>>;

/** Notices for programs: those addressed to the caller's agency, or to the person whose token it is. */
@Controller('v1/notifications')
@UseFilters(ProblemFilter)
export class NotificationsApiController {
  constructor(
    private readonly inbox: Inbox,
    private readonly cursors: Cursors,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
  ) {}

  /** Oldest first. `cursor` in the answer is where to go on from next time; `next` is there when there is more already. `since`: from then on. */
  @Get()
  @Header('cache-control', 'no-store')
  async list(@Req() request: FastifyRequest, @Headers() headers: Asked, @Query() query: Parameters): Promise<object> {
    const { looker, stated } = await this.#looker(request, headers);
    for (const name of Object.keys(query)) if (!PARAMETERS.has(name)) throw invalid(name.slice(0, 64), 'is not one');
    const cursor = one(query, 'cursor');
    const since = this.#since(looker, one(query, 'since'), cursor);
    const scope = `${SCOPE} ${looker.viewer.agency} ${looker.viewer.who}`;
    const after = cursor === undefined ? '0' : (this.cursors.read(scope, cursor)[0] ?? '0');
    const { notices, more } = await this.inbox.list(looker, { after, since, limit: PAGE, stated });
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
    const { looker, stated } = await this.#looker(request, headers);
    if (!isUuid(id)) throw notFound();
    const { who } = looker.viewer;
    const [told] = await this.inbox.acknowledge(looker, who, { notice: id }, { stated });
    return { id: told?.row.id ?? id, acknowledged: true };
  }

  #since(looker: Looker, since: string | undefined, cursor: string | undefined): string | undefined {
    if (since === undefined) return undefined;
    if (cursor !== undefined) throw invalid('since', 'is not given with a cursor, which says where it goes on');
    const from = instant(since);
    if (from === undefined) throw invalid('since', 'is not an RFC 3339 time');
    const days = keptDays(looker.viewer);
    if (Date.parse(from) < this.clock.now() - days * DAY_MS)
      throw badRequest('too-early', `Notices are told again for ${days} days.`, 'since');
    return from;
  }

  async #looker(request: FastifyRequest, headers: Asked): Promise<{ looker: Looker; stated: Purpose | undefined }> {
    const caller = await this.tokens.verify(bearerOf(headers['authorization']));
    const said = headers['hub-purpose'];
    const looker = apiLooker(caller, 'inbox', said, correlationOf(request));
    return { looker, stated: said === undefined ? undefined : looker.purpose };
  }
}
