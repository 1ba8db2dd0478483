import { Body, Controller, HttpCode, Module, Post, ValidationPipe } from '@nestjs/common';
import { IsIn, IsNotEmpty, IsObject, IsRFC3339, IsString } from 'class-validator';

class EventDto {
  @IsIn(['1.0'])
  readonly specversion: string;

  @IsString()
  @IsNotEmpty()
  readonly id: string;

  @IsString()
  @IsNotEmpty()
  readonly source: string;

  @IsString()
  @IsNotEmpty()
  readonly type: string;

  @IsString()
  @IsNotEmpty()
  readonly subject: string;

  @IsRFC3339()
  readonly time: string;

  @IsString()
  readonly datacontenttype: string;

  @IsObject()
  readonly data: object;
}

@Controller('v1/events')
class BareController {
  @Post()
  @HttpCode(202)
  publish(@Body(new ValidationPipe()) { id }: EventDto): { receipts: { id: string; status: string; href: string }[] } {
    return { receipts: [{ id, status: 'received', href: `/v1/receipts/${id}` }] };
  }
}

/** The reference of `publish.single`: takes an event, validates it, answers. Keeps nothing, asks nobody who calls. */
@Module({ controllers: [BareController] })
export class BareModule {}
