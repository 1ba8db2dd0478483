import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { EventLog, ExpectedRevision, NewEvent } from '../../kernel/event-log.js';
import { newEvents } from './new-events.js';

interface Step {
  readonly stream: number;
  readonly expects: 'no-stream' | 'any' | 'current' | 'older' | 'newer' | 'repeat';
  readonly size: number;
}

interface Attempt {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: NewEvent[];
}

const steps = fc.array(
  fc.record<Step>({
    stream: fc.nat({ max: 2 }),
    expects: fc.constantFrom('no-stream', 'any', 'current', 'older', 'newer', 'repeat'),
    size: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 25 },
);

/** Any sequence of appends does to the log what it does to a list of ids per stream. */
export function streamModel(logs: () => readonly EventLog[]): void {
  it('does with any sequence of appends what a list per stream would do', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const streams = [randomUUID(), randomUUID(), randomUUID()];
        const model = new Map<string, string[]>(streams.map((stream) => [stream, []]));
        const written: Attempt[] = [];
        for (const [n, step] of sequence.entries()) {
          const log = logs()[n % logs().length]!;
          const repeats = step.expects === 'repeat' && written.length > 0;
          const attempt = repeats ? written[n % written.length]! : attemptOf(step, streams, model);
          const ids = model.get(attempt.stream)!;
          const holds = repeats || allowed(attempt.expected, ids.length - 1);
          const outcome = await log
            .append(attempt.stream, attempt.expected, attempt.events)
            .catch((error: unknown) => error);
          if (!holds) {
            expect(outcome).toMatchObject({ code: 'revision-conflict', actual: ids.length - 1 });
            continue;
          }
          expect(outcome).toMatchObject({ repeated: repeats });
          if (repeats) continue;
          ids.push(...attempt.events.map(({ id }) => id));
          expect(outcome).toMatchObject({ revision: ids.length - 1 });
          if (attempt.expected !== 'any') written.push(attempt);
        }
        for (const [stream, ids] of model) {
          const read = await logs()[0]!.readStream(stream);
          expect(read.map(({ id }) => id)).toEqual(ids);
          expect(read.map(({ revision }) => revision)).toEqual(ids.map((_, revision) => revision));
        }
      }),
      { numRuns: 60 },
    );
  });
}

function attemptOf({ stream, expects, size }: Step, streams: readonly string[], model: Map<string, string[]>): Attempt {
  const id = streams[stream]!;
  const current = model.get(id)!.length - 1;
  const revision = (at: number): ExpectedRevision => (at < 0 ? 'no-stream' : at);
  const expected: Record<Step['expects'], ExpectedRevision> = {
    'no-stream': 'no-stream',
    any: 'any',
    current: revision(current),
    older: revision(current - 1),
    newer: current + 1,
    repeat: revision(current),
  };
  return { stream: id, expected: expected[expects], events: newEvents(size) };
}

const allowed = (expected: ExpectedRevision, current: number): boolean =>
  expected === 'any' || (expected === 'no-stream' ? current === -1 : expected === current);
