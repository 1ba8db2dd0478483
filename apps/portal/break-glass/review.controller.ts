import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isVerdict } from '../../../libs/platform/break-glass/reviews.js';
import { childId } from '../children/child-id.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { queueModel, type ReviewFault } from './queue-model.js';
import { ReviewQueue } from './review-queue.js';

const SHORTEST = 10;
const LONGEST = 1_000;

/** The break-glasses to review. */
@Controller('break-glass')
@UseFilters(PageErrors)
export class ReviewController {
  constructor(
    @Inject(ReviewQueue) private readonly queue: ReviewQueue,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#list(request, reply);
  }

  @Post(':id/review')
  async review(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    const fields = formOf(request, session);
    const looker = pageLooker(request, session, 'break-glass');
    const verdict = fields['verdict'] ?? '';
    const comment = fields['comment']?.trim() ?? '';
    const text = commentFault(comment);
    if (!isVerdict(verdict) || text !== undefined) {
      const errors = {
        ...(isVerdict(verdict) ? {} : { verdict: 'Choose whether it was justified' }),
        ...(text === undefined ? {} : { comment: text }),
      };
      await this.#list(request, reply, { id, verdict, comment, errors });
      return;
    }
    // `childId` also fits here: what is no id is nobody's.
    await this.queue.review(looker, childId(id), verdict, comment);
    await reply.redirect('/break-glass', 303);
  }

  async #list(request: FastifyRequest, reply: FastifyReply, fault?: ReviewFault): Promise<void> {
    const session = await this.session.require(request);
    const items = await this.queue.read(pageLooker(request, session, 'break-glass'));
    const model = queueModel(items, fault);
    await this.pages.send(request, reply, { view: 'break-glass-queue', status: fault ? 400 : 200, session, model });
  }
}

function commentFault(comment: string): string | undefined {
  if (comment.length < SHORTEST) return `Say how you came to it, in at least ${SHORTEST} characters`;
  return comment.length > LONGEST ? `Use ${LONGEST} characters or fewer` : undefined;
}
