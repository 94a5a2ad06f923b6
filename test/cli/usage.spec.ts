import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cli, cliHere } from '../support/cli.ts';
import { ffmpegCommands } from '../../libs/assistant/src/doctor/install-ffmpeg.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const file = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('--help and --version', () => {
  it('list every flag with its variable and default, the commands and the exit codes', async () => {
    const { exitCode, stdout } = await cli(['--help']);
    expect(exitCode).toBe(0);
    for (const flag of ['poll-seconds', 'max-workers', 'settle-seconds', 'stall-timeout-seconds'])
      expect(stdout).toContain(`--${flag}`);
    for (const variable of ['WFR_MAX_WORKERS', 'WFR_REQUIRE_PATH', 'WFR_LOG_FORMAT'])
      expect(stdout).toContain(variable);
    for (const command of ['run', 'submit', 'make', 'status', 'plan', 'doctor', 'completion'])
      expect(stdout).toMatch(new RegExp(`^ +${command} `, 'm'));
    expect(stdout).toContain('3  another runner holds the folder');
  });

  it('print the version of the package', async () => {
    const { version } = JSON.parse(await file('package.json')) as { version: string };
    const { exitCode, lines } = await cli(['--version'], { env: { PATH: folder().root } });
    expect([exitCode, lines]).toEqual([0, [`watch-folder-runner ${version}`]]);
  });
});

describe('a wrong command line', () => {
  it.each([
    [['--max-workers', '0'], 'Expected a whole number from 1 to 1024, got "0"'],
    [['--max-workers', '1.5'], 'Expected a whole number from 1 to 1024, got "1.5"'],
    [['--max-workers', 'many'], 'Expected a whole number from 1 to 1024, got "many"'],
    [['--max-workers', ''], 'Expected a whole number from 1 to 1024, got ""'],
    [['--poll-seconds', '0'], 'Expected a number from 0.01 to 1000000, got "0"'],
    [['--poll-seconds', 'NaN'], 'Expected a number from 0.01 to 1000000, got "NaN"'],
    [['--settle-seconds', '-1'], 'Expected a number from 0 to 1000000, got "-1"'],
    [
      ['--stall-timeout-seconds', '99999999'],
      'Expected a number from 0 to 1000000, got "99999999"',
    ],
    [['--settle-seconds', 'Infinity'], 'Expected a number from 0 to 1000000, got "Infinity"'],
    [['--http-port', '65536'], 'Expected a whole number from 0 to 65535, got "65536"'],
    [['--log-format', 'xml'], 'Allowed choices are text, json'],
    [['--resolve-python', ''], '--resolve-python is empty. Name a Python.'],
    [['--priority', '1'], "unknown option '--priority'"],
    [['second-folder'], 'too many arguments'],
  ])('exits with 2 and says what was expected and what came: %j', async (args, sentence) => {
    const { exitCode, stderr, stdout } = await cliHere([folder().root, '--once', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe('');
  });

  it.each([
    [[], "missing required argument 'folder'"],
    [['validate'], "missing required argument 'jobspec'"],
    [['schema', 'job'], 'Expected "jobspec" or "result", got "job"'],
  ])('exits with 2 for %j', async (args, sentence) => {
    const { exitCode, stderr } = await cli(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

describe('a refusal', () => {
  const plan = ['plan', '/not/here', '--output', '/tmp'];
  it.each([
    [plan, 2, 'No codec is named. Give --codec, or --for an editing system.'],
    [[...plan, '--codec', 'h265'], 2, '/not/here does not exist.'],
    [['validate', '--priority', 'a.json'], 2, "unknown option '--priority'"],
    [['handover', '/not/here'], 4, '"/not/here" is not a watch folder'],
  ])('is JSON, too, with --json: %j', async (args, code, sentence) => {
    const { exitCode, stdout, stderr } = await cli([...args, '--json']);
    expect(exitCode).toBe(code);
    const { error } = JSON.parse(stdout) as { error: string[] };
    expect(error.join('\n')).toContain(sentence);
    expect(stderr).toContain(sentence);
  });
});

describe('environment variables', () => {
  it('set what no flag sets', async () => {
    await folder().drop('a.json', '{}');
    const env = { WFR_REQUIRE_PATH: '/:/no/mount', WFR_LOG_FORMAT: 'json' };
    const { lines } = await cli([folder().root, '--once'], { env });
    const messages = lines.map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages).toContain('No job is claimed: required path is missing: /no/mount');
  });

  it('are named in a warning when they are no setting', async () => {
    const env = { WFR_POLL_SECOND: '60' };
    const sentence = /WFR_POLL_SECOND is not a setting.*did you mean WFR_POLL_SECONDS/;
    const watched = await cli([folder().root, '--once'], { env });
    expect(watched.exitCode).toBe(0);
    expect(watched.stdout + watched.stderr).toMatch(sentence);
    expect((await cli(['validate', 'nope.json'], { env })).stderr).toMatch(sentence);
    expect((await cli(['run', 'nope.json'], { env })).stderr).toMatch(sentence);
    expect((await cli(['doctor'], { env })).stdout).toMatch(sentence);
  });
});

describe('schema', () => {
  it.each(['jobspec', 'result'])('prints the published schema: %s', async (document) => {
    const { exitCode, stdout } = await cli(['schema', document]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(await file(`schemas/${document}.schema.json`)));
  });
});

describe('doctor', () => {
  it('finds what jobs need, and a folder that can be used', async () => {
    const { exitCode, stdout } = await cli(['doctor', folder().root]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ok +ffmpeg \d/m);
    expect(stdout).toMatch(/^ok +every encoder of the contract is there$/m);
    expect(stdout).toContain(`${folder().root} can be used`);
    expect(stdout).toMatch(/^!! +camera RAW is refused/m);
  });

  it('exits with 1 and says what to install when FFmpeg is missing', async () => {
    const { exitCode, stdout } = await cli(['doctor'], { env: { PATH: folder().root } });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^NO +FFmpeg not found\. Install FFmpeg/m);
    for (const command of ffmpegCommands()) expect(stdout).toContain(command);
  });
});
