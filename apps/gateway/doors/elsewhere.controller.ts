import { All, Controller, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { elsewhere } from './elsewhere.js';

/** Where requests under /v1 end that nothing else takes. */
@Controller('v1')
@UseFilters(ProblemFilter)
export class ElsewhereController {
  @All('*')
  answer(@Req() request: FastifyRequest): never {
    throw elsewhere(request);
  }
}
