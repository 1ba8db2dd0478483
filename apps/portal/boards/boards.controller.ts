import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { boardModel } from './board-model.js';
import { ReadBoard, type Board, type BoardName } from './read-board.query.js';

const boards: readonly BoardName[] = ['missing', 'exploitation'];

/** Who is missing now, which interviews are due, and concerns about exploitation. */
@Controller('boards')
@UseFilters(PageErrors)
export class BoardsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async first(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.session.require(request);
    await reply.redirect('/boards/missing', 303);
  }

  @Get(':board')
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('board') asked: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'boards');
    const board = boards.find((name) => name === asked);
    if (board === undefined) throw notFound();
    const shown = await this.queries.execute<ReadBoard, Board>(new ReadBoard(looker, board, one(query, 'cursor')));
    await this.pages.send(request, reply, { view: 'board', session, model: boardModel(shown, board) });
  }
}
