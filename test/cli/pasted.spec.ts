import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { assert, beforeAll, expect, it } from 'vitest';
import { retryCommand, startCommand } from '../../apps/dashboard/lib/words/sentences.ts';
import { onRecord } from '../../apps/runner/src/cli/make.command.ts';
import { EVENTS } from '../../apps/runner/src/logging/events.ts';
import { completionAdvice } from '../../libs/engines/src/routing/rewrapping.ts';
import { routeByContent } from '../../libs/engines/src/routing/route-source.ts';
import { cliHere } from '../support/cli.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const RUNNER = 'watch-folder-runner';
const HOSTILE = ['-a b\'$(x)"\\`', '-new\nline\u202E\n'];

const folder = useTemporaryFolder();
const programs = () => join(folder.path, 'programs');

/** Stands in for the programs of all commands: writes its words. */
beforeAll(async () => {
  await mkdir(programs());
  for (const name of [RUNNER, 'ffmpeg', 'mkdir']) {
    const program = join(programs(), name);
    await writeFile(program, '#!/bin/sh\nprintf "%s\\0" "${0##*/}" "$@"\n');
    await chmod(program, 0o755);
  }
});

/** Words of a command that is pasted into a shell. */
async function pasted(command: string): Promise<string[]> {
  const env = { PATH: programs() + delimiter + process.env['PATH'] };
  const { stdout } = await execa('sh', ['-c', command], { env });
  return stdout.split('\0').slice(0, -1);
}

/** What is printed between two texts, on one line. */
function between(text: string, before: string, after = '\n'): string {
  const [, rest] = `${text}\n`.split(before);
  assert(rest !== undefined, text);
  return rest.split(after)[0] ?? '';
}

/** Watch folder with a clip in `pending/`, and what is said about it. */
async function doctorOf(root: string): Promise<string> {
  await mkdir(join(root, 'pending'), { recursive: true });
  await writeFile(join(root, 'pending', 'C0001.mov'), '');
  return (await cliHere(['doctor', root])).stdout;
}

const REWRAPPED = ['-map', '0', '-dn', '-c', 'copy'];

/** Every advice with a command about a name, and the words of that command. */
const ADVICE: Readonly<
  Record<string, (name: string) => Promise<[command: string, words: string[]][]>>
> = {
  async 'doctor, of a folder that is missing'(name) {
    const root = join(folder.path, 'missing', name);
    const { stdout } = await cliHere(['doctor', root]);
    return [[between(stdout, 'Create it (', '), or mount'), ['mkdir', '-p', root]]];
  },
  async 'the runner, of a folder that is missing'(name) {
    const root = join(folder.path, 'missing', name);
    const { stderr } = await cliHere([root, '--once']);
    return [[between(stderr, 'Create it first (', '), or mount'), ['mkdir', '-p', root]]];
  },
  async 'doctor, of a folder with clips, whose FFmpeg is not proved'(name) {
    const root = join(folder.path, name);
    const told = await doctorOf(root);
    const follow = [RUNNER, 'plan', 'FOLDER', '--follow', '--submit', root];
    return [
      [between(told, 'results say so. Run: '), [RUNNER, 'doctor', '--prove', root]],
      [between(told, '--for SYSTEM, or '), follow],
    ];
  },
  async 'the log, of an FFmpeg that is not proved'(name) {
    const root = join('/mnt', name);
    const line = EVENTS.ffmpeg_not_proved.text({ folder: root });
    return [[between(line, 'prove it, run: '), [RUNNER, 'doctor', '--prove', root]]];
  },
  async 'make, at its end'(name) {
    const root = join('/mnt', name);
    return [
      [between(onRecord(root), 'on record: ', ', or '), [RUNNER, 'handover', root]],
      [between(onRecord(root), ', or '), [RUNNER, 'retry', root]],
    ];
  },
  async 'a clip in another container'(name) {
    const told = routeByContent(`/card/${name}.flv`, { error: 'Invalid argument' });
    const { problem = '' } = told as { problem?: string };
    const failed = { failure_type: 'UnsupportedFormatError', failure_reason: problem } as const;
    const job = { job: 'a.json', job_id: null, worker_id: null, final_status: 'FAILED' } as const;
    const counts = { total_clips: 1, completed_clips: 0, duration_seconds: 1 };
    const ended = { ...job, ...counts, ...failed, execution_engine: 'ffmpeg' } as const;
    const words = ['ffmpeg', '-i', `./${name}.flv`, ...REWRAPPED, `./${name}.flv.mkv`];
    const logged = EVENTS.job_failed.text(ended);
    return [problem, logged].map((line) => [between(line, 'no picture: '), words]);
  },
  async 'a clip that ends early'(name) {
    const told = completionAdvice(`/card/${name}.mkv`, 'matroska,webm');
    const words = ['ffmpeg', '-i', `./${name}.mkv`, ...REWRAPPED, `./${name}.mkv.mkv`];
    return [[between(told, 'in its folder: '), words]];
  },
  async 'the page'(name) {
    const path = join('/mnt', name);
    const words = [RUNNER, 'retry', path];
    return [
      [startCommand({ path }), [RUNNER, path]],
      [retryCommand(path, name), [...words, '--', name]],
      [retryCommand(path, name, ['--dismiss']), [...words, '--dismiss', '--', name]],
    ];
  },
};

it.each(Object.entries(ADVICE))('what is told can be pasted: %s', async (_, adviceOn) => {
  for (const name of HOSTILE)
    for (const [command, words] of await adviceOn(name))
      expect({ command, words: await pasted(command) }).toEqual({ command, words });
});

it('no source composes a command by itself', () => {
  const composed =
    /(?:(?:watch-folder-runner|npx|npm) [a-z]+ |(?:ffmpeg|ffprobe|mkdir|mount|chmod|chown) -)[^`'"\n]*\$\{/gu;
  const found = ['libs', 'apps/runner/src', 'apps/dashboard/components', 'apps/dashboard/lib']
    .flatMap((part) =>
      readdirSync(part, { recursive: true }).map((name) => join(part, String(name))),
    )
    .filter((path) => /(?<!\.spec)\.tsx?$/u.test(path))
    .flatMap((path) => readFileSync(path, 'utf8').match(composed) ?? []);
  expect(found).toEqual([]);
});
