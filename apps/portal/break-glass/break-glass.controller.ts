import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { childId } from '../children/child-id.js';
import { childWords } from '../pages/children-model.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { BreakGlasses } from './break-glasses.js';

const SHORTEST = 20;
const LONGEST = 1_000;

interface Typed {
  readonly reason: string;
  readonly confirmed: boolean;
}

/** Asking to open what is withheld of a child, and ending it. */
@Controller('children/:id/break-glass')
@UseFilters(PageErrors)
export class BreakGlassController {
  constructor(
    @Inject(BreakGlasses) private readonly glasses: BreakGlasses,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    await this.#form(request, reply, childId(id));
  }

  @Post()
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    const fields = formOf(request, session);
    const typed = { reason: fields['reason']?.trim() ?? '', confirmed: fields['confirmed'] === 'yes' };
    if (faultsOf(typed).length > 0) {
      await this.#form(request, reply, childId(id), typed);
      return;
    }
    await this.glasses.open(pageLooker(request, session, 'timeline'), childId(id), typed.reason);
    await reply.redirect(`/children/${childId(id)}`, 303);
  }

  @Post('end')
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    formOf(request, session);
    await this.glasses.end(pageLooker(request, session, 'timeline'), childId(id));
    await reply.redirect(`/children/${childId(id)}`, 303);
  }

  async #form(request: FastifyRequest, reply: FastifyReply, id: string, typed?: Typed): Promise<void> {
    const session = await this.session.require(request);
    const asking = await this.glasses.ask(pageLooker(request, session, 'timeline'), id);
    const faults = typed ? faultsOf(typed) : [];
    const model = { child: childWords(asking.child), minutes: asking.minutes, shortest: SHORTEST, longest: LONGEST };
    await this.pages.send(request, reply, {
      view: 'break-glass',
      status: faults.length > 0 ? 400 : 200,
      session,
      model: { ...model, typed, faults, fault: Object.fromEntries(faults.map(({ field, text }) => [field, text])) },
    });
  }
}

function faultsOf({ reason, confirmed }: Typed): { field: 'reason' | 'confirmed'; text: string }[] {
  return [
    ...(reason.length < SHORTEST
      ? [{ field: 'reason' as const, text: `Say what the emergency is, in at least ${SHORTEST} characters` }]
      : []),
    ...(reason.length > LONGEST ? [{ field: 'reason' as const, text: `Use ${LONGEST} characters or fewer` }] : []),
    ...(confirmed ? [] : [{ field: 'confirmed' as const, text: 'Confirm that you know what happens' }]),
  ];
}
