import { getEventListeners } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runProcess } from './child-process.ts';
import { Progress } from './program-end.ts';

const sh = (script: string) => ['sh', '-c', script] as const;

/** Environment of a program. */
async function environmentOfProgram(): Promise<string[]> {
  const chunks: Uint8Array[] = [];
  await runProcess(sh('env'), { stallSeconds: 60, onStdout: (chunk) => chunks.push(chunk) });
  return Buffer.concat(chunks).toString().split('\n');
}

describe('runProcess', () => {
  it('hands on what programs need, and nothing that would change their words', async () => {
    vi.stubEnv('AV_LOG_FORCE_COLOR', '1');
    vi.stubEnv('FFREPORT', 'file=/tmp/report.log');
    vi.stubEnv('LANG', 'de_DE.UTF-8');
    try {
      const names = (await environmentOfProgram()).map((line) => line.split('=')[0]);
      expect(names).toEqual(expect.arrayContaining(['PATH', 'LC_ALL', 'WFR_STARTED_BY']));
      expect(names).not.toContain('AV_LOG_FORCE_COLOR');
      expect(names).not.toContain('FFREPORT');
      expect(names).not.toContain('LANG');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it.each(['onStdout', 'onStderr', 'pipes'] as const)(
    'ends the program and rejects once when %s throws',
    async (place) => {
      const calls = vi.fn<() => void>();
      const read = () => {
        calls();
        throw new RangeError('Invalid string length');
      };
      const script = 'while :; do echo a; echo b >&2; echo c >&3; done';
      const options = { [place]: place === 'pipes' ? [read] : read };
      const pipes = [() => undefined];
      await expect(runProcess(sh(script), { stallSeconds: 0, pipes, ...options })).rejects.toThrow(
        new RangeError('Invalid string length'),
      );
      expect(calls).toHaveBeenCalledTimes(1);
    },
  );

  it('counts each chunk of stdout as progress, unless somebody says what is', async () => {
    const script = sh('for n in 1 2 3 4 5 6 7 8; do echo $n; sleep 0.5; done');
    const said = await runProcess(script, { stallSeconds: 2 });
    expect(said).toMatchObject({ exitCode: 0, stalled: false });
    const report = await runProcess(script, { stallSeconds: 2, progress: new Progress() });
    expect(report.stalled).toBe(true);
  });

  it('rejects where the system refuses the program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'programs-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const noProgram = join(folder, 'ffmpeg');
    const refusal = () => runProcess([noProgram], { stallSeconds: 60 });
    await expect(refusal()).rejects.toMatchObject({
      facts: { code: 'program_not_started', retryable: true },
      message: expect.stringMatching(/ffmpeg could not be started: no such file or directory\./i),
    });
    await writeFile(noProgram, '', { mode: 0o600 });
    await expect(refusal()).rejects.toThrow(/could not be started: permission denied\./i);
  });

  it.each(['before it is started', 'while it runs'])(
    'ends the program at a stop %s, and listens to the signal no more',
    async (when) => {
      const stop = new AbortController();
      if (when === 'before it is started') stop.abort();
      else setTimeout(() => stop.abort(), 500);
      const options = { stallSeconds: 0, signal: stop.signal };
      const { exitCode, endedBy, stalled } = await runProcess(sh('exec sleep 60'), options);
      expect([exitCode, endedBy, stalled]).toEqual([null, expect.stringMatching(/^SIG/), false]);
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    },
  );

  it('leaves no listener on a signal that was never used', async () => {
    const stop = new AbortController();
    await runProcess(sh('exit 3'), { stallSeconds: 0, signal: stop.signal });
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
});
