import { randomUUID } from 'node:crypto';
import type { Incoming } from '../../kernel/intake.js';

/** An incoming message of the police, made up; `content` is what is compared. */
export function incoming(messageId: string, content = 'a', more: Partial<Incoming> = {}): Incoming {
  return {
    system: 'police',
    agency: 'police',
    messageId,
    format: 'hub.police.v1.ChildArrested',
    contentType: 'application/json',
    attributes: { id: messageId, subject: 'nominal-1' },
    body: Buffer.from(`{"content":"${content}"}`),
    canonical: Buffer.from(content),
    correlation: randomUUID(),
    ...more,
  };
}
