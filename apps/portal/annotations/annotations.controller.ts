import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import { roleFor, type Act } from '../../../libs/disclosure/annotating.js';
import { isAgency, type Agency } from '../../../libs/kernel/agency.js';
import { badRequest, notFound } from '../../../libs/platform/problems/problem.js';
import { childId } from '../children/child-id.js';
import type { Looker } from '../looks/looker.js';
import { childWords } from '../pages/children-model.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages, type View } from '../pages/pages.js';
import { agencyWords } from '../pages/words.js';
import type { Session } from '../sign-in/sessions.js';
import { ReadTimeline, type TimelinePage } from '../timeline/read-timeline.query.js';
import { saidWords } from './annotation-words.js';
import { notYours } from './keep-saying.js';
import { ReadEntry, type EntryView } from './read-entry.query.js';
import { AskWhy, SayOfEntry, type OfEntry, type Sayer, type SayOutcome } from './say.command.js';
import { saidText, textFault } from './said-text.js';

const NOTE_LIMIT = 500;
const LIMIT = 1_000;

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly session: Session;
  readonly looker: Looker;
}

/** What was typed, and what is wrong with it. */
interface Typed {
  readonly text: string;
  readonly error: string;
}

/** Forms about an entry, and about what an agency withholds. */
@Controller('children/:id')
@UseFilters(PageErrors)
export class AnnotationsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get('entries/:entry/significant')
  async significant(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('entry') entry: string,
  ): Promise<void> {
    await this.#entryForm(await this.#asked(request, reply), 'entry-significant', 'mark', [id, entry]);
  }

  @Post('entries/:entry/significant')
  async mark(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('entry') entry: string,
  ): Promise<void> {
    const asked = await this.#asked(request, reply);
    const fields = formOf(request, asked.session);
    const significant = fields['action'] !== 'unmark';
    const note = significant ? saidText(fields['note']) : '';
    const error = textFault(note, NOTE_LIMIT);
    if (error !== undefined) {
      await this.#entryForm(asked, 'entry-significant', 'mark', [id, entry], { text: note, error });
      return;
    }
    const outcome = await this.#say(asked, fields, [id, entry], { act: 'mark', significant, note });
    const done = outcome === 'before' ? 'before' : significant ? 'marked' : 'unmarked';
    await reply.redirect(`/children/${childId(id)}?done=${done}#entry-${entryId(entry)}`, 303);
  }

  @Get('entries/:entry/wrong')
  async wrong(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('entry') entry: string,
  ): Promise<void> {
    await this.#entryForm(await this.#asked(request, reply), 'entry-wrong', 'dispute', [id, entry]);
  }

  @Post('entries/:entry/wrong')
  async dispute(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('entry') entry: string,
  ): Promise<void> {
    const asked = await this.#asked(request, reply);
    const fields = formOf(request, asked.session);
    const what = saidText(fields['what']);
    const error = textFault(what, LIMIT, 'Say what is wrong');
    if (error !== undefined) {
      await this.#entryForm(asked, 'entry-wrong', 'dispute', [id, entry], { text: what, error });
      return;
    }
    const outcome = await this.#say(asked, fields, [id, entry], { act: 'dispute', what });
    const done = outcome === 'before' ? 'before' : 'disputed';
    await reply.redirect(`/children/${childId(id)}?done=${done}#entry-${entryId(entry)}`, 303);
  }

  @Get('withheld/:agency/why')
  async why(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('agency') agency: string,
  ): Promise<void> {
    await this.#whyForm(await this.#asked(request, reply), id, agency);
  }

  @Post('withheld/:agency/why')
  async ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('agency') agency: string,
  ): Promise<void> {
    const asked = await this.#asked(request, reply);
    const fields = formOf(request, asked.session);
    const need = saidText(fields['need']);
    const error = textFault(need, LIMIT, 'Say what you need it for');
    if (error !== undefined) {
      await this.#whyForm(asked, id, agency, { text: need, error });
      return;
    }
    const command = new AskWhy(sayer(asked, fields), childId(id), agencyIn(agency), need);
    const outcome = await this.commands.execute<AskWhy, SayOutcome>(command);
    await reply.redirect(`/children/${childId(id)}?done=${outcome === 'before' ? 'before' : 'asked'}`, 303);
  }

  async #asked(request: FastifyRequest, reply: FastifyReply): Promise<Asked> {
    const session = await this.session.require(request);
    return { request, reply, session, looker: pageLooker(request, session, 'timeline') };
  }

  async #say(asked: Asked, fields: Fields, [id, entry]: readonly [string, string], said: OfEntry): Promise<SayOutcome> {
    const command = new SayOfEntry(sayer(asked, fields), childId(id), entryId(entry), said);
    return await this.commands.execute<SayOfEntry, SayOutcome>(command);
  }

  async #entryForm(
    asked: Asked,
    view: View,
    act: Act,
    [id, entry]: readonly [string, string],
    typed?: Typed,
  ): Promise<void> {
    const { looker, session } = asked;
    const {
      child,
      entry: shown,
      annotations,
    } = await this.queries.execute<ReadEntry, EntryView>(new ReadEntry(looker, childId(id), entryId(entry)));
    if (roleFor(looker.viewer, looker.purpose, act) === undefined) throw notYours();
    const own = annotations.marks.find(({ by }) => by.agency === looker.viewer.agency);
    const { id: key, title, occurred, agency, lines } = shown;
    await this.#form(asked, view, typed, {
      child: childWords(child),
      entry: { id: key, title, occurred, lines, agency: agencyWords[agency] },
      said: saidWords(annotations),
      own: own !== undefined,
      limit: view === 'entry-wrong' ? LIMIT : NOTE_LIMIT,
      text: typed?.text ?? (view === 'entry-wrong' ? '' : (own?.note ?? '')),
      asker: { agency: isAgency(session.viewer.agency) ? agencyWords[session.viewer.agency].name : '' },
    });
  }

  async #whyForm(asked: Asked, id: string, agency: string, typed?: Typed): Promise<void> {
    const { looker } = asked;
    const query = new ReadTimeline(looker, childId(id), {});
    const { child, withheld } = await this.queries.execute<ReadTimeline, TimelinePage>(query);
    const line = withheld.find((one) => one.agency === agencyIn(agency));
    if (!line) throw notFound();
    if (roleFor(looker.viewer, looker.purpose, 'ask-why') === undefined) throw notYours();
    const { agency: own } = looker.viewer;
    await this.#form(asked, 'withheld-why', typed, {
      child: childWords(child),
      agency: { id: line.agency, name: agencyWords[line.agency].name },
      reason: line.reason,
      limit: LIMIT,
      text: typed?.text ?? '',
      asker: { agency: isAgency(own) ? agencyWords[own].name : '' },
    });
  }

  async #form({ request, reply, session }: Asked, view: View, typed: Typed | undefined, model: object): Promise<void> {
    await this.pages.send(request, reply, {
      view,
      session,
      ...(typed ? { status: 400 } : {}),
      model: { ...model, error: typed?.error, once: randomUUID() },
    });
  }
}

type Fields = Readonly<Record<string, string>>;

function sayer({ looker, session }: Asked, fields: Fields): Sayer {
  const once = fields['once'] ?? '';
  if (!isUuid(once))
    throw badRequest('invalid-form', 'The form lacks its number. Go back, reload the page and try again.');
  return { looker, name: session.name, once };
}

function entryId(text: string): string {
  if (!isUuid(text)) throw notFound();
  return text.toLowerCase();
}

function agencyIn(text: string): Agency {
  if (!isAgency(text)) throw notFound();
  return text;
}
