import { defineConfig } from 'vitest/config';

/** What needs the built dashboard, most of it a browser too. */
const BROWSER = ['test/dashboard/**/*.spec.ts', 'test/docs/dashboard-commands.spec.ts'];

/** At once, on few cores too: most of the time is spent on waiting for processes. */
const WORKERS = 6;

/**
 * Projects of one run keep all cores busy to its end: they share their workers, and take turns by their names. Specs of units come
 * last. They are short, so that no core is left waiting for the last file.
 */
const TOGETHER = { maxWorkers: WORKERS };

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    tags: [
      {
        name: 'night',
        description: 'Too slow for `npm test`, which leaves it out; scripts/night.mjs runs it.',
      },
    ],
    // Warnings of any process and files that it leaves open fail the run.
    globalSetup: ['./test/support/warnings/of-run.ts'],
    setupFiles: ['./test/support/warnings/of-file.ts'],
    reporters: ['default', './test/support/slowest-files.ts'],
    projects: [
      {
        extends: true,
        // A limit for what hangs: machines may be slow. Modules are loaded once in a worker, not once in a file.
        test: {
          name: 'unit',
          ...TOGETHER,
          include: ['{apps/runner,libs,scripts}/**/*.spec.ts'],
          isolate: false,
          // As the runner has it: some specs leave calls of the file system without an answer.
          env: { UV_THREADPOOL_SIZE: '64' },
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Some replace modules, and need files of their own.
        test: {
          name: 'dashboard-unit',
          ...TOGETHER,
          include: ['apps/dashboard/**/*.spec.ts'],
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          ...TOGETHER,
          // Loading the runner takes a second of processor time: once in a worker, not once in a file.
          isolate: false,
          include: ['test/**/*.spec.ts'],
          exclude: BROWSER,
          // No test reaches the Resolve of the machine that it runs on; those that want one bring their own.
          env: { RESOLVE_SCRIPT_API: '/nowhere/resolve' },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: { name: 'warnings', include: ['test/house/warnings.fixture.ts'] },
      },
      {
        extends: true,
        test: { name: 'soak', include: ['test/soak/*.soak.ts'], hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: 'slurm', include: ['test/slurm/*.slurm.ts'], hookTimeout: 600_000 },
      },
      {
        extends: true,
        test: {
          name: 'storage',
          include: ['test/storage/*.storage.ts'],
          // Machines at a time: each has one core.
          maxConcurrency: 2,
          testTimeout: 5_400_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: { name: 'defects', include: ['test/defects/*.defects.ts'], testTimeout: 3_600_000 },
      },
      {
        extends: true,
        test: { name: 'matrix', include: ['test/matrix/*.matrix.ts'], testTimeout: 1_800_000 },
      },
      {
        extends: true,
        test: {
          name: 'screenshots',
          include: ['test/screenshots/*.screenshots.ts'],
          globalSetup: ['test/dashboard/global-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          ...TOGETHER,
          globalSetup: ['test/dashboard/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
