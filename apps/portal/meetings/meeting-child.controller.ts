import { randomUUID } from 'node:crypto';
import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { EventLog } from '../../../libs/kernel/event-log.js';
import type { IntakeQueue } from '../../../libs/kernel/intake.js';
import { dayInLondon } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { badRequest } from '../../../libs/platform/problems/problem.js';
import { CLOCK, EVENT_LOG, HUB_DATABASE, INTAKE } from '../../../libs/platform/tokens.js';
import { notYours } from '../annotations/keep-saying.js';
import { saidText, textFault } from '../annotations/said-text.js';
import type { Sayer } from '../annotations/say.command.js';
import { childId as idIn } from '../children/child-id.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import type { Session } from '../sign-in/sessions.js';
import { MeetingRoom } from './meeting-room.js';
import { mayOwn, mayRecord, sayAtMeeting, sayDone, theirAction, type NewAction } from './meeting-sayings.js';
import { actionOf, meetingWords } from './meeting-words.js';
import { recordFaults, recordTyped, type RecordTyped } from './record-form.js';

const LIMIT = 1_000;

/** What a meeting says of one child: decisions, actions, and that an action is done. */
@Controller('meetings/:id/children/:child')
@UseFilters(PageErrors)
export class MeetingChildController {
  constructor(
    @Inject(MeetingRoom) private readonly room: MeetingRoom,
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(INTAKE) readonly intake: IntakeQueue,
    @Inject(EVENT_LOG) readonly log: EventLog,
    @Inject(CLOCK) readonly clock: Clock,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get('record')
  async form(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('child') child: string,
  ): Promise<void> {
    await this.#recordForm(request, reply, id, child);
  }

  @Post('record')
  async record(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('child') child: string,
  ): Promise<void> {
    const session = await this.session.require(request);
    const fields = formOf(request, session);
    const found = await this.room.readChild(pageLooker(request, session, 'meetings'), idIn(id), idIn(child));
    const owners = mayOwn(found.forum);
    const typed = recordTyped(fields);
    if (Object.keys(recordFaults(typed, owners)).length > 0) {
      await this.#recordForm(request, reply, id, child, typed);
      return;
    }
    const owner = owners.find((seat) => `${seat.agency} ${seat.role}` === typed.owner);
    const action: NewAction | undefined =
      typed.task === '' || !owner || typed.dueOn === undefined
        ? undefined
        : { task: typed.task, owner, dueOn: typed.dueOn };
    const outcome = await sayAtMeeting(this, this.#sayer(request, session, fields), found, {
      ...(typed.decision === '' ? {} : { decision: typed.decision }),
      ...(action ? { action } : {}),
    });
    await reply.redirect(addressOf(found.meeting.id, child, outcome === 'before' ? 'before' : 'recorded'), 303);
  }

  @Get('actions/:action')
  async doneForm(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('child') child: string,
    @Param('action') action: string,
  ): Promise<void> {
    await this.#doneForm(request, reply, [id, child, action]);
  }

  @Post('actions/:action')
  async done(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('child') child: string,
    @Param('action') action: string,
  ): Promise<void> {
    const session = await this.session.require(request);
    const fields = formOf(request, session);
    const outcome = saidText(fields['outcome']);
    const error = textFault(outcome, LIMIT);
    if (error !== undefined) {
      await this.#doneForm(request, reply, [id, child, action], { text: outcome, error });
      return;
    }
    const looker = pageLooker(request, session, 'meetings');
    const found = await this.room.readChild(looker, idIn(id), idIn(child));
    await sayDone(this, this.#sayer(request, session, fields), theirAction(looker, found, action), outcome);
    await reply.redirect(addressOf(found.meeting.id, child, 'done'), 303);
  }

  async #recordForm(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    child: string,
    typed?: RecordTyped,
  ): Promise<void> {
    const { session, found, words } = await this.#read(request, id, child);
    if (!mayRecord(pageLooker(request, session, 'meetings'), found.forum)) throw notYours();
    const owners = mayOwn(found.forum);
    const errors = typed ? recordFaults(typed, owners) : {};
    await this.pages.send(request, reply, {
      view: 'meeting-record',
      status: typed ? 400 : 200,
      session,
      model: {
        ...{ ...words, typed, errors, limit: LIMIT, once: randomUUID() },
        errorList: Object.entries(errors).map(([field, text]) => ({ text, href: `#${field}` })),
        owners: [
          { value: '', text: 'Choose who' },
          ...owners.map(({ agency, role, title }) => ({ value: `${agency} ${role}`, text: title })),
        ],
      },
    });
  }

  async #doneForm(
    request: FastifyRequest,
    reply: FastifyReply,
    [id, child, action]: readonly [string, string, string],
    typed?: { readonly text: string; readonly error: string },
  ): Promise<void> {
    const { session, found, words } = await this.#read(request, id, child);
    const asked = theirAction(pageLooker(request, session, 'meetings'), found, action);
    const today = dayInLondon(new Date(this.clock.now()).toISOString());
    await this.pages.send(request, reply, {
      view: 'meeting-done',
      status: typed ? 400 : 200,
      session,
      model: {
        ...{ ...words, ...typed, limit: LIMIT, once: randomUUID() },
        action: actionOf(asked, today, true),
      },
    });
  }

  async #read(request: FastifyRequest, id: string, child: string) {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'meetings');
    const found = await this.room.readChild(looker, idIn(id), idIn(child));
    const view = { ...found, children: [found.one] };
    const words = meetingWords(view, looker, session.name, new Date(this.clock.now()).toISOString());
    return { session, found, words: { ...words, child: words.children[0] } };
  }

  #sayer(request: FastifyRequest, session: Session, fields: Readonly<Record<string, string>>): Sayer {
    const once = fields['once'] ?? '';
    if (!isUuid(once))
      throw badRequest('invalid-form', 'The form lacks its number. Go back, reload the page and try again.');
    return { looker: pageLooker(request, session, 'meetings'), name: session.name, once };
  }
}

const addressOf = (meeting: string, child: string, done: string): string =>
  `/meetings/${meeting}?done=${done}#child-${idIn(child)}`;
