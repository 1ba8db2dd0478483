import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/duties.module.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { BoardsController } from './boards.controller.js';
import { ReadBoardHandler } from './read-board.handler.js';

@Module({
  imports: [PortalPartsModule, DutiesModule],
  controllers: [BoardsController],
  providers: [ReadBoardHandler],
})
export class BoardsModule {}
