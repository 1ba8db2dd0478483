import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** The body of a withdrawal. */
export class WithdrawDto {
  /** Why, in the publisher's own words: "wrong child". */
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000)
  readonly reason: string;
}
