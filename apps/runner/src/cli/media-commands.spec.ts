import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import type { PlanFlags } from '../../../../libs/assistant/src/plan/plan-request.ts';
import type { HandoverOptions } from './handover.command.ts';
import type { MakeFlags } from './make.command.ts';
import { addMediaCommands } from './media-commands.ts';
import { createProgram } from './program.ts';
import type { RetryOptions } from './retry.command.ts';

const PLAN = {
  output: true,
  beside: true,
  for: true,
  codec: true,
  container: true,
  resolution: true,
  naming: true,
  group: true,
  flat: true,
  look: true,
  lutRange: true,
  becomes: true,
  cdl: true,
  burnIn: true,
  write: true,
  submit: true,
  checkMhl: true,
  follow: true,
  json: true,
} satisfies Record<Exclude<keyof PlanFlags, 'pollSeconds'>, true>;
const { write: _write, submit: _submit, follow: _follow, ...COMMON } = PLAN;
const MAKE = { ...COMMON, watch: true } satisfies Record<keyof MakeFlags, true>;
const RETRY = { dismiss: true, dryRun: true, json: true } satisfies Record<
  keyof RetryOptions,
  true
>;
const HANDOVER = {
  output: true,
  jobs: true,
  link: true,
  json: true,
} satisfies Record<keyof HandoverOptions, true>;

const documented = (name: string) =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

it('every command is in the documents', () => {
  const told = ['operations.md', 'plan.md', 'handover.md'].map(documented).join('');
  const commands = createProgram(() => undefined).commands.map((command) => command.name());
  const untold = commands.filter((name) => !told.includes(`watch-folder-runner ${name} `));
  expect(untold).toEqual([]);
});

it.each([
  ['plan', PLAN],
  ['make', MAKE],
  ['retry', RETRY],
  ['handover', HANDOVER],
])('%s has the options that its type tells of', (name, flags) => {
  const program = new Command();
  addMediaCommands(program, () => undefined);
  const command = program.commands.find((one) => one.name() === name);
  const names = command?.options.map((option) => option.attributeName());
  expect(names?.sort()).toEqual(Object.keys(flags).sort());
});

it('plan takes each editing system and each way to group', () => {
  const program = new Command();
  addMediaCommands(program, () => undefined);
  const options = program.commands.find((one) => one.name() === 'plan')?.options;
  const choices = (name: string) =>
    options?.find((option) => option.attributeName() === name)?.argChoices;
  const editors: Record<NonNullable<PlanFlags['for']>, true> = {
    resolve: true,
    premiere: true,
    avid: true,
    fcp: true,
  };
  const groups: Record<NonNullable<PlanFlags['group']>, true> = { clip: true, folder: true };
  expect(choices('for')).toEqual(Object.keys(editors));
  const systems = documented('plan.md').matchAll(/^\| `(\w+)` +\| `\w+` +\| `\w+` /gm);
  expect(new Set(Array.from(systems, ([, system]) => system))).toEqual(
    new Set(Object.keys(editors)),
  );
  expect(choices('group')).toEqual(Object.keys(groups));
});
