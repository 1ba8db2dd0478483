import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { childId } from '../children/child-id.js';
import { invalid, one, type Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { dutiesModel } from './duties-model.js';
import { ReadDuties, type DutyFilter, type DutyList } from './read-duties.query.js';

const LONGEST = 200;
const owners = ['mine', 'agency', 'all'] as const;
const states = ['open', 'late', 'met'] as const;

/** What has to be done, by when, and whose it is. */
@Controller('duties')
@UseFilters(PageErrors)
export class DutiesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Parameters): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'duties');
    const filter = filterOf(query);
    const list = await this.queries.execute<ReadDuties, DutyList>(new ReadDuties(looker, filter, one(query, 'cursor')));
    await this.pages.send(request, reply, { view: 'duties', session, model: dutiesModel(list, filter) });
  }
}

/** Throws `Problem` 400. */
function filterOf(query: Parameters): DutyFilter {
  const [kind, team, child] = [one(query, 'kind'), one(query, 'team'), one(query, 'child')];
  if ((kind?.length ?? 0) > LONGEST) throw invalid('kind', `is longer than ${LONGEST} characters`);
  if ((team?.length ?? 0) > LONGEST) throw invalid('team', `is longer than ${LONGEST} characters`);
  return {
    of: choice(query, 'of', owners) ?? 'all',
    state: choice(query, 'state', states) ?? 'open',
    ...(kind === undefined ? {} : { kind }),
    ...(team === undefined ? {} : { team }),
    ...(child === undefined ? {} : { child: childId(child) }),
  };
}

function choice<Value extends string>(query: Parameters, name: string, values: readonly Value[]): Value | undefined {
  const asked = one(query, name);
  const found = values.find((value) => value === asked);
  if (asked !== undefined && found === undefined) throw invalid(name, `is one of ${values.join(', ')}`);
  return found;
}
