import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../../libs/platform/telemetry/logger.js';
import { asProblem } from '../../../libs/platform/problems/as-problem.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { badRequest, type Problem } from '../../../libs/platform/problems/problem.js';
import { sendProblem } from '../../../libs/platform/problems/send-problem.js';
import { LOGGER } from '../../../libs/platform/tokens.js';
import { SignInFailed } from '../sign-in/sign-in.js';
import { errorPages, signInFailed, type ErrorPage } from './error-pages.js';
import { SignInFirst } from './page-session.js';
import { Pages } from './pages.js';

/**
 * What went wrong, as a page that says what happened, what was not lost and what to do next. Also of what the framework refuses
 * before a controller is asked: a body too large, of another kind, a method that nothing takes.
 */
@Catch()
export class PageErrors implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly pages: Pages,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof SignInFirst) {
      const returnTo = request.method === 'GET' ? request.url : '/children';
      await reply.redirect(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`, 303);
      return;
    }
    const failed = error instanceof SignInFailed;
    // A script or a program asked, not a person.
    if (request.url.startsWith('/v1/') || !(request.headers.accept ?? 'text/html').includes('text/html')) {
      sendProblem(failed ? notSignedIn() : error, request, reply, this.logger);
      return;
    }
    const problem = failed ? notSignedIn() : asProblem(error);
    if (problem.status >= 500) {
      this.logger.error(
        { err: error, correlation: correlationOf(request), code: problem.code },
        'could not show a page',
      );
    }
    const page: ErrorPage = failed ? signInFailed : (errorPages[problem.status] ?? errorPages[500]);
    const said = problem.status === 403 || problem.status === 400 ? problem.detail : undefined;
    void reply.headers(problem.headers);
    await this.pages.send(request, reply, {
      view: 'error',
      status: problem.status,
      model: { ...page, ...(said === undefined || failed ? {} : { said }) },
    });
  }
}

const notSignedIn = (): Problem =>
  badRequest('sign-in-failed', 'This is no answer to a sign-in under way. Begin again.');
