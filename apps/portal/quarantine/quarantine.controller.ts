import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Group } from '../../../libs/platform/intake/postgres/quarantine-groups.js';
import { notFound, Problem } from '../../../libs/platform/problems/problem.js';
import { Cursors } from '../looks/cursors.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { groupHref, groupModel, groupsModel, messageModel, type ActFault } from './quarantine-model.js';
import { QuarantineRoom } from './quarantine-room.js';

const SHORTEST = 10;
const LONGEST = 1_000;
const SCOPE = 'quarantine group';

/** What could not be recorded: by reason, message by message, masked; tried again after a fix, or closed. */
@Controller('quarantine')
@UseFilters(PageErrors)
export class QuarantineController {
  constructor(
    @Inject(QuarantineRoom) private readonly room: QuarantineRoom,
    private readonly cursors: Cursors,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async groups(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const groups = await this.room.groups(pageLooker(request, session, 'quarantine'));
    const model = groupsModel(groups, ({ system, format, reason }) =>
      this.cursors.write(SCOPE, [system, format, reason]),
    );
    await this.pages.send(request, reply, { view: 'quarantine', session, model });
  }

  @Get('group')
  async group(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Parameters): Promise<void> {
    await this.#group(request, reply, one(query, 'of') ?? '', { cursor: one(query, 'cursor') });
  }

  @Post('group/retry')
  async retryGroup(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'quarantine');
    const fields = formOf(request, session);
    const { reason, fault } = reasonIn(fields, 'retry');
    const of = fields['of'] ?? '';
    if (fault) return this.#group(request, reply, of, { fault });
    await this.room.retryGroup(looker, this.#groupOf(of), reason);
    await reply.redirect(groupHref(of), 303);
  }

  @Get('messages/:receipt')
  async message(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('receipt') receipt: string,
    @Query() query: Parameters,
  ): Promise<void> {
    await this.#message(request, reply, receipt, { did: one(query, 'did') });
  }

  @Post('messages/:receipt/:action')
  async act(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('receipt') receipt: string,
    @Param('action') action: string,
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'quarantine');
    const fields = formOf(request, session);
    if (action !== 'retry' && action !== 'close') throw notFound();
    const { reason, fault } = reasonIn(fields, action);
    if (fault) return this.#message(request, reply, receipt, { fault });
    await this.room[action](looker, receipt, reason);
    await reply.redirect(`/quarantine/messages/${receipt}?did=${action}`, 303);
  }

  async #group(
    request: FastifyRequest,
    reply: FastifyReply,
    of: string,
    { cursor, fault }: { cursor?: string | undefined; fault?: ActFault },
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'quarantine');
    const model = groupModel(await this.room.group(looker, this.#groupOf(of), cursor), of, fault);
    await this.pages.send(request, reply, { view: 'quarantine-group', status: fault ? 400 : 200, session, model });
  }

  async #message(
    request: FastifyRequest,
    reply: FastifyReply,
    receipt: string,
    { did, fault }: { did?: string | undefined; fault?: ActFault },
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'quarantine');
    const model = messageModel(await this.room.message(looker, receipt), did, fault);
    await this.pages.send(request, reply, { view: 'quarantine-message', status: fault ? 400 : 200, session, model });
  }

  // Sealed: a publisher's own word for its format belongs in no address.
  #groupOf(of: string): Group {
    try {
      const [system = '', format = '', reason = ''] = this.cursors.read(SCOPE, of);
      return { system, format, reason };
    } catch (error) {
      if (error instanceof Problem) throw notFound();
      throw error;
    }
  }
}

function reasonIn(
  fields: Readonly<Record<string, string>>,
  action: ActFault['action'],
): { reason: string; fault?: ActFault } {
  const reason = fields['reason']?.trim() ?? '';
  if (reason.length >= SHORTEST && reason.length <= LONGEST) return { reason };
  const text =
    reason.length < SHORTEST ? `Say why, in at least ${SHORTEST} characters` : `Use ${LONGEST} characters or fewer`;
  return { reason, fault: { action, reason, text } };
}
