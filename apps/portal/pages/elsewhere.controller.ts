import { Controller, Get, UseFilters } from '@nestjs/common';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { PageErrors } from './page-errors.filter.js';

/** Addresses that nothing else answers: a page that says so. */
@Controller()
@UseFilters(PageErrors)
export class ElsewhereController {
  @Get('*')
  nowhere(): never {
    throw notFound();
  }
}
