/** @module-tag night */
import { execa, execaSync } from 'execa';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeClip } from '../support/media.ts';
import { useResolveJobs } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

const FOUR_REASONS = [/not running/, /free edition/, /External scripting using/, /another user/];
/** Every Python on the PATH that runs, with its minor version. */
const PYTHONS = ['python3', ...[6, 7, 8, 9, 10, 11, 12, 13, 14].map((minor) => `python3.${minor}`)]
  .map((name) => {
    const print = 'import sys; print(sys.version_info[1])';
    const { stdout, failed } = execaSync(name, ['-c', print], { reject: false });
    return { name, minor: failed ? 0 : Number(stdout) };
  })
  .filter(({ minor }) => minor >= 6);

/** A job that failed at its start: for Resolve, with this code, nothing begun. */
const unavailable = (code: string) => ({
  final_status: 'FAILED',
  execution_engine: 'resolve',
  failure_type: 'EngineUnavailableError',
  failure_reason: expect.stringMatching(
    new RegExp(`^Resolve is required for this media but is not available: .*\\[${code}\\]$`),
  ),
  clips: [],
});

describe.concurrent('without a Resolve', () => {
  it('a job fails at once and names where it looked', () => {
    // It has nobody to wait for: waiting would take this long.
    const wait = 90;
    const flags = { 'resolve-connect-seconds': wait };
    const env = { RESOLVE_SCRIPT_API: '/nowhere/Scripting' };
    return run({}, { flags, env }, async (ended) => {
      expect(ended.result).toMatchObject(unavailable('MODULE_NOT_FOUND'));
      expect(ended.result.failure_reason).toContain('/nowhere/Scripting/Modules');
      expect(ended.result.duration_seconds).toBeLessThan(wait);
      expect(await ended.job.resolve.calls()).toEqual([]);
    });
  });

  it('whose loader hides why its library does not load, that is named', () =>
    run({ module: 'missing_native' }, {}, (ended) => {
      expect(ended.result).toMatchObject(unavailable('PYTHON_INCOMPATIBLE'));
      expect(ended.result.failure_reason).toContain('libfusion.so: cannot open shared object file');
    }));

  it('whose loader finds no library, the way to name it is told', () =>
    withJob({}, async (job) => {
      await rm(join(job.resolve.scriptApi, 'Modules', 'fusionscript.py'));
      await job.submit();
      await job.start().exit();
      const result = await job.folder.result();
      expect(result).toMatchObject(unavailable('MODULE_NOT_FOUND'));
      expect(result.failure_reason).toMatch(
        /scripting library fusionscript is not in .*Modules\. Set RESOLVE_SCRIPT_LIB to its file/,
      );
    }));

  it('whose library is named and lacks another, that one is named', () =>
    withJob({}, async (job) => {
      const library = join(job.base, 'fusionscript.so');
      const input = 'void *gone(void); void *PyInit_fusionscript(void) { return gone(); }';
      await execa('gcc', ['-shared', '-fPIC', '-x', 'c', '-', '-o', library], { input });
      await job.submit();
      await job.start({ env: { RESOLVE_SCRIPT_LIB: library } }).exit();
      const { failure_reason } = await job.folder.result();
      expect(failure_reason).toMatch(
        /can't load Resolve's scripting library: .*undefined symbol: gone/,
      );
      expect(failure_reason).toMatch(/\[PYTHON_INCOMPATIBLE\]$/);
    }));

  it('whose library is not where it is said to be, that place is named', () =>
    run({}, { env: { RESOLVE_SCRIPT_LIB: '/nowhere/fusionscript.so' } }, ({ result }) => {
      expect(result).toMatchObject(unavailable('MODULE_NOT_FOUND'));
      expect(result.failure_reason).toContain('library is not at /nowhere/fusionscript.so.');
    }));

  it.each([
    ['not running', { running: false }],
    ['not listening to scripts', { pref: 'none' }],
    ['the free edition', { edition: 'free' }],
  ])('that is %s, all four reasons are given', (_, scenario) =>
    run(scenario, { flags: { 'resolve-connect-seconds': 1 } }, (ended) => {
      expect(ended.result).toMatchObject(unavailable('NOT_CONNECTED'));
      for (const reason of FOUR_REASONS) expect(ended.result.failure_reason).toMatch(reason);
    }),
  );

  it('jobs for FFmpeg run and the driver is never started', () =>
    withJob({ running: false }, async (job) => {
      const clip = await makeClip(job.base, 'clip.mov');
      await job.submit({ sources: [clip] });
      expect(await job.start().exit()).toBe(0);
      expect(await job.folder.result()).toMatchObject({ execution_engine: 'ffmpeg' });
      expect(await job.resolve.calls()).toEqual([]);
    }));
});

describe.concurrent('with a Resolve that is no use', () => {
  it.each([
    ['is connected and not Studio', { edition: 'free_connected' }, 'NOT_STUDIO', 'Only DaVinci Re'],
    [
      'says itself not to be Studio',
      { version: '21.1.0.3', edition: 'free_connected' },
      'NOT_STUDIO',
    ],
    ['has no database', { database: 'none' }, 'RESOLVE_WEDGED', 'Quit Resolve, end its process'],
    [
      'is too old',
      { version: '17.4.6.4' },
      'VERSION_TOO_OLD',
      'DaVinci Resolve Studio 17.4.6.4 is too old: 18.0 or newer is needed.',
    ],
  ])('which %s', (_, scenario, code, words = '') =>
    run(scenario, { flags: { 'resolve-connect-seconds': 1 } }, (ended) => {
      expect(ended.result).toMatchObject(unavailable(code));
      expect(ended.result.failure_reason).toContain(words);
    }),
  );

  it('but is one that can be asked whether it is Studio, the job runs', () =>
    run({ version: '21.1.0.3' }, {}, async ({ result, job }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect((await job.resolve.methods()).join()).toContain('IsStudio');
    }));

  it('but boots, the job waits and runs', () =>
    run({ boot_s: 3, call_block_s: 0.5 }, {}, ({ result }) => {
      expect(result.final_status).toBe('COMPLETED');
    }));

  it.each([
    ['was started a moment ago gets more time than the setting', '00:05', 'COMPLETED'],
    ['runs for long gets no more', '03:00', 'FAILED'],
  ])('but %s', (_, age, status) =>
    withJob({ boot_s: 4 }, async (job) => {
      const programs = join(job.base, 'programs');
      const list = `#!/bin/sh\necho '${age} /opt/resolve/bin/resolve -nogui'\n`;
      await mkdir(programs, { recursive: true });
      await writeFile(join(programs, 'ps'), list, { mode: 0o755 });
      await job.submit();
      const env = { PATH: `${programs}${delimiter}${process.env['PATH']}` };
      await job.start({ env, flags: { 'resolve-connect-seconds': 1 } }).exit();
      expect((await job.folder.result()).final_status).toBe(status);
    }),
  );
});

describe.concurrent('a Python', () => {
  it('that is not there is named', () =>
    run({}, { flags: { 'resolve-python': '/nowhere/python3' } }, (ended) => {
      expect(ended.result).toMatchObject(unavailable('PYTHON_MISSING'));
      expect(ended.result.failure_reason).toContain('/nowhere/python3');
    }));

  it('that is not executable is named', () =>
    withJob({}, async (job) => {
      const python = join(job.base, 'python3');
      await writeFile(python, '#!/bin/sh\n');
      await chmod(python, 0o644);
      await job.submit();
      await job.start({ flags: { 'resolve-python': python } }).exit();
      expect((await job.folder.result()).failure_reason).toMatch(/EACCES.*\[PYTHON_MISSING\]/);
    }));

  it.each(PYTHONS)('$name on this machine makes a proxy', ({ name }) =>
    run({}, { flags: { 'resolve-python': name } }, ({ result }) => {
      expect(result.final_status).toBe('COMPLETED');
    }),
  );

  it('that is something else is named', () =>
    withJob({}, async (job) => {
      const python = join(job.base, 'python3');
      await writeFile(python, '#!/bin/sh\necho Welcome\n', { mode: 0o755 });
      await job.submit();
      await job.start({ flags: { 'resolve-python': python } }).exit();
      expect((await job.folder.result()).failure_reason).toMatch(
        /python3 ended without an answer \(0\) before it .* Name a Python .*\[PYTHON_INCOMPATIBLE\]/,
      );
    }));

  it.each(PYTHONS)('$name that is too new for an old loader makes a proxy too', ({ name }) =>
    run({ module: 'uses_imp' }, { flags: { 'resolve-python': name } }, ({ result }) => {
      expect(result.final_status).toBe('COMPLETED');
    }),
  );

  it('that the library refuses is named', () =>
    run({ module: 'system_error' }, {}, (ended) =>
      expect(ended.result).toMatchObject(unavailable('PYTHON_INCOMPATIBLE')),
    ));

  it('that the library crashes costs one job, not the runner', () =>
    withJob({ module: 'segv_on_import' }, async (job) => {
      const clip = await makeClip(job.base, 'clip.mov');
      await job.submit({}, 'a-raw.json');
      await job.submit({ sources: [clip] }, 'b-standard.json');
      const runner = job.start();
      expect(await runner.exit()).toBe(1);
      const [standard, raw] = await job.folder.results();
      expect(standard).toMatchObject({ execution_engine: 'ffmpeg', final_status: 'COMPLETED' });
      expect(raw?.failure_reason).toMatch(
        /ended without an answer \(SIGSEGV\).*\[PYTHON_INCOMPATIBLE\]/,
      );
    }));
});
