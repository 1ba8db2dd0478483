import { Controller, HttpCode, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Incoming } from '../../../libs/kernel/intake.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { CLOCK } from '../../../libs/platform/tokens.js';
import { eventsIn, hasProblem, itemAnswers, type ItemAnswer } from '../cloud-events/events-in.js';
import { nativeIn } from '../native/native-message.js';
import { tried, type Tried } from '../../../libs/adapters/tried.js';

interface Results {
  readonly results: readonly ItemAnswer<Tried>[];
}

/** Tries messages: the same envelope checks and the same adapter as behind the doors, and nothing is kept. */
@Controller('v1/sandbox')
@UseFilters(ProblemFilter)
export class SandboxController {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  @Post('events')
  @HttpCode(200)
  events(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Results {
    const { items } = eventsIn(request);
    const results = itemAnswers(items, correlationOf(request), (message) => this.#tried(message));
    if (hasProblem(results)) void reply.status(207);
    return { results };
  }

  @Post('native/:system')
  @HttpCode(200)
  native(@Param('system') system: string, @Req() request: FastifyRequest): Results {
    return { results: [this.#tried(nativeIn(request, system))] };
  }

  #tried(message: Incoming): Tried {
    return tried(message, new Date(this.clock.now()).toISOString());
  }
}
