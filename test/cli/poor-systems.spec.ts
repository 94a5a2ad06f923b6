import { mkdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { jobSpec } from '../support/job-spec.ts';
import { RunnerProcess, until } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const MAIN = fileURLToPath(new URL('../../dist/apps/runner/src/main.js', import.meta.url));
const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();

/** Runs the command line after a line of shell. */
const after = (line: string, ...args: string[]) =>
  execa('sh', ['-c', `${line}; exec "$0" "$@"`, process.execPath, MAIN, ...args], {
    reject: false,
  });

async function job(): Promise<string> {
  const path = folder().beside('day.json');
  const spec = jobSpec({ sources: [clips['a.mov']], output_directory: folder().output });
  await writeFile(path, JSON.stringify(spec));
  return path;
}

describe('few open files', () => {
  it('are enough for a job: ulimit -n 64', async () => {
    await folder().drop('a.json', JSON.stringify(jobSpec({ sources: ['/no.mov'] })));
    const run = await after('ulimit -n 64', folder().root, '--once');
    expect(run.stderr).not.toContain('    at ');
    expect(run.stdout).toContain('1 job: 0 done, 0 failed, 1 rejected');
    expect(run.exitCode).toBe(1);
  });
});

describe('a working directory that is gone', () => {
  const gone = async () => {
    const path = folder().beside('gone');
    await mkdir(path);
    return `cd '${path}' && rmdir '${path}'`;
  };

  it('needs no more than absolute paths', async () => {
    const run = await after(await gone(), 'run', await job());
    expect(JSON.parse(run.stdout)).toMatchObject({ final_status: 'COMPLETED' });
    expect(run.exitCode).toBe(0);
  });

  it('is named in a sentence where a path is relative', async () => {
    const run = await after(await gone(), './watch', '--once');
    expect(run.stderr).toBe(
      'The working directory is gone. Change to one that exists, or name absolute paths.',
    );
    expect(run.exitCode).toBe(2);
  });

  it('is not missed by the programs of a running service', async () => {
    const start = folder().beside('start');
    await mkdir(start);
    const runner = new RunnerProcess(folder().root, {
      args: [],
      prefix: ['sh', '-c', `cd '${start}' && exec "$@"`, 'sh'],
    });
    onTestFinished(() => runner.kill());
    await runner.logged('works on');
    await rmdir(start);
    const spec = jobSpec({ sources: [clips['a.mov']], output_directory: folder().output });
    await folder().drop('a.json', JSON.stringify(spec));
    await until(() => runner.log.includes('"a.json" COMPLETED'));
    expect(runner.isRunning).toBe(true);
  });
});

describe('a hang-up', () => {
  it('does not end a service without a terminal; SIGTERM does', async () => {
    const runner = new RunnerProcess(folder().root, { args: [] });
    onTestFinished(() => runner.kill());
    await runner.logged('works on');
    runner.signal('SIGHUP');
    await runner.logged('SIGHUP is ignored');
    expect(runner.isRunning).toBe(true);
    runner.signal('SIGTERM');
    expect(await runner.exit()).toBe(0);
  });

  it('stops a runner whose terminal closes', async () => {
    const log = folder().beside('typescript');
    const command = `exec '${process.execPath}' '${MAIN}' '${folder().root}'`;
    const terminal = execa('script', ['-qefc', command, log], { stdin: 'pipe', reject: false });
    onTestFinished(() => void terminal.kill('SIGKILL'));
    let seen = '';
    terminal.stdout.on('data', (chunk) => (seen += String(chunk)));
    await until(() => seen.includes('works on'));
    const [, pid] = /\[runner\] (\d+)/.exec(seen.replaceAll(/\u001B\[\d+m/g, '')) ?? [];
    process.kill(Number(pid), 'SIGHUP');
    expect((await terminal).exitCode).toBe(0);
    expect(seen).toContain('SIGHUP: no more jobs are claimed');
  });
});

describe('a control character of a path', () => {
  const CONTROLS = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/;
  const name = 'evil\u001B[31m\u009B2J\u202E\n.mov';

  it.each([['validate', '--json'], ['validate'], ['run'], ['submit'], ['schema'], ['doctor']])(
    'reaches no terminal from %s %s',
    async (...args) => {
      const path = folder().beside('evil\u001B[32m.json');
      const spec = jobSpec({ sources: [`/no/${name}`], output_directory: `/no/${name}` });
      await writeFile(path, JSON.stringify({ ...spec, [name]: name }));
      const more = args[0] === 'submit' ? [path, folder().beside(name)] : [path];
      const { stdout, stderr, exitCode } = await cli([...args, ...more]);
      expect(stdout + stderr).not.toMatch(CONTROLS);
      expect(stdout + stderr).toContain(String.raw`\u001b`);
      expect(exitCode).not.toBe(0);
      await rm(path);
    },
  );
});

describe('submit under umask 077', () => {
  it('drops a job that the runner, who is somebody else, can read', async () => {
    const spec = jobSpec({ sources: ['/not/here.mov'], output_directory: '/nowhere' });
    const path = folder().beside('day3.json');
    await writeFile(path, JSON.stringify(spec));
    const { exitCode } = await after('umask 077', 'submit', path, folder().root);
    expect(exitCode).toBe(0);
    const { mode } = await stat(folder().path('pending', 'day3.json'));
    expect((mode & 0o777).toString(8)).toBe('644');
  });
});

describe('a JobSpec that is not there', () => {
  it.each(['run', 'validate'])('ends %s with 2', async (command) => {
    expect((await cli([command, 'nope.json'])).exitCode).toBe(2);
  });

  it('ends validate with 2 among files that it can read', async () => {
    const invalid = folder().beside('invalid.json');
    await writeFile(invalid, '{}');
    expect((await cli(['validate', invalid])).exitCode).toBe(1);
    expect((await cli(['validate', invalid, 'nope.json', await job()])).exitCode).toBe(2);
  });
});
