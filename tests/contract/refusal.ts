import { expect } from '@jest/globals';
import { SECRETS } from './events.js';
import type { Answer } from './running-gateway.js';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly pointer?: string;
  readonly correlationId: string;
}

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A refusal is a problem document that says what is wrong and where. */
export function expectRefused(answer: Answer, status: number, code: string, pointer?: string): void {
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(`"/problems/${code}"`)]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = answer.json<Problem>();
  const members = ['correlationId', 'detail', 'status', 'title', 'type', ...(pointer === undefined ? [] : ['pointer'])];
  expect(Object.keys(problem).sort()).toEqual(members.sort());
  expect(problem).toMatchObject({ status, correlationId: answer.headers.get('x-correlation-id') });
  expect(problem.pointer).toBe(pointer);
  expect(problem.correlationId).toMatch(UUID);
}

/** Nothing that was sent comes back, in an answer or in the log, and no inside of the hub shows. */
export function expectSaysNothing(answers: readonly Answer[], logs: readonly string[]): void {
  expect(answers.length).toBeGreaterThan(0);
  expect(logs.length).toBeGreaterThan(0);
  const said = [...answers.map(({ text, headers }) => text + JSON.stringify([...headers])), ...logs].join('\n');
  for (const secret of [...SECRETS, 'police-secret']) expect(said).not.toContain(secret);
  expect(said).not.toMatch(/node_modules|\bat \w+.*\.(ts|js):\d|eyJ[\w-]+\.eyJ/);
}
