import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { operator } from './command.js';

/** Why an operator looks. One of few, no free text: the audit is kept when the child is erased. */
const reasons = ['mending', 'identity', 'request', 'erasure'] as const;

export interface OperatorLook {
  /** The operation, e.g. `records.list`. */
  readonly what: string;
  readonly child?: string;
  /** Opaque ids and counts only. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface LookOptions {
  readonly why: (typeof reasons)[number];
  readonly as?: string;
}

/** Adds `--why` and `--as` to a command that shows what is known of a child. */
export function asLook(command: Command, usual: LookOptions['why']): Command {
  return command
    .addOption(new Option('--why <reason>', 'why you look, for the audit').choices(reasons).default(usual))
    .option('--as <name>', 'the person at an account that several share, for the audit');
}

/** Writes down that an operator looks. Await it before anything is printed; throws when it cannot be written. */
export async function recordOperatorLook(parts: Parts, look: OperatorLook, { why, as }: LookOptions): Promise<void> {
  const chain = await AuditChain.open(parts);
  try {
    await chain.record({
      ...look,
      at: new Date(parts.clock.now()).toISOString(),
      who: operator(),
      agency: 'hub',
      roles: ['operator'],
      purpose: 'operation',
      outcome: 'shown',
      details: { ...look.details, why, ...(as === undefined ? {} : { as }) },
      correlationId: randomUUID(),
    });
  } finally {
    await chain.close();
  }
}
