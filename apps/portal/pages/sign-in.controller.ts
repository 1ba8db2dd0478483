import { Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignIn } from '../sign-in/sign-in.js';
import { SignInLimit } from '../sign-in/sign-in-limit.js';
import { PageErrors } from './page-errors.filter.js';
import { homeFor } from './navigation.js';
import { formOf, PageSession } from './page-session.js';
import { Pages } from './pages.js';

/** Signing in and out; the start page. */
@Controller()
@UseFilters(PageErrors)
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly limit: SignInLimit,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.find(request);
    if (session) await reply.redirect(homeFor(session.viewer), 303);
    else await this.pages.send(request, reply, { view: 'start', model: {} });
  }

  @Get('sign-in')
  async begin(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('returnTo') returnTo?: unknown,
  ): Promise<void> {
    await this.limit.admit('begin', request.ip);
    const { location, cookie } = await this.signIn.begin(typeof returnTo === 'string' ? returnTo : '/');
    this.session.rememberAttempt(reply, cookie);
    await reply.header('cache-control', 'no-store').redirect(location, 303);
  }

  @Get('sign-in/callback')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.limit.admit('finish', request.ip);
    this.session.forgetAttempt(reply);
    const query = request.url.split('?', 2)[1] ?? '';
    const { returnTo, ...signedIn } = await this.signIn.finish(query, this.session.attempt(request));
    await this.session.begin(request, reply, signedIn);
    await reply.header('cache-control', 'no-store').redirect(returnTo, 303);
  }

  @Post('sign-out')
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    formOf(request, session);
    await this.session.end(request, reply);
    await reply.redirect(await this.signIn.end(session.idToken), 303);
  }

  @Get('signed-out')
  async ended(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.send(request, reply, { view: 'signed-out', model: {} });
  }
}
