import { basename } from 'node:path';
import { Logger } from '@nestjs/common';
import { beforeAll, describe, expect, it } from 'vitest';
import { JobIntake } from './job-intake.ts';
import { type ClaimGate, FullOutputs } from './claim-gate.ts';
import { CompletenessWatch } from './claim.ts';
import { RunnerSettings } from '../config/settings.ts';
import { JobCounts } from './finisher.ts';
import type { Recovery } from './recovery.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import { FolderHold } from './folder-hold.ts';

const NAMES = Array.from({ length: 25_000 }, (_, at) => `${String(at).padStart(6, '0')}.json`);

/** An intake in whose folder no file can be read: every name is passed over. */
function intakeOf(
  jobCounts: JobCounts,
  read: CompletenessWatch['readWhenComplete'] = () =>
    Promise.reject(new Error('it is not a regular file')),
): JobIntake {
  const settings = new RunnerSettings();
  Object.assign(settings, { allowOutputRoots: [] });
  const completeness = new CompletenessWatch(settings);
  completeness.readWhenComplete = read;
  const gate = { isOpen: () => Promise.resolve(true), paused: null } as ClaimGate;
  const folder = new WatchFolder('/nowhere');
  const hold = { confirmedMissing: () => Promise.resolve(true) } as Pick<
    FolderHold,
    'confirmedMissing'
  > as FolderHold;
  const outputs = new FullOutputs(settings);
  return new JobIntake(folder, completeness, gate, outputs, jobCounts, hold, {} as Recovery);
}

beforeAll(() => Logger.overrideLogger(false));

describe('a folder of jobs that can not be taken', () => {
  it('is passed through to its end, and what is beyond it is counted', async () => {
    const jobCounts = new JobCounts();
    const intake = intakeOf(jobCounts);
    intake.offer({ names: NAMES, total: NAMES.length + 7 });
    expect(await intake.next()).toBeNull();
    expect(intake.unclaimed).toEqual(NAMES);
    expect(intake.beyond).toBe(7);
    expect(intake.isWaiting).toBe(false);
    expect(jobCounts.counts.stuck).toBe(NAMES.length);
  }, 120_000);

  it('is passed through though scans come meanwhile, and what is new in it has its turn', async () => {
    const looks: string[] = [];
    let names = ['b.json', 'c.json', 'd.json'];
    const scan = () => intake.offer({ names, total: names.length });
    const intake = intakeOf(new JobCounts(), (path) => {
      looks.push(basename(path));
      if (looks.length === 2) names = ['a.json', ...names];
      if (looks.length < 100) scan();
      return Promise.resolve(null);
    });
    scan();
    expect(await intake.next()).toBeNull();
    expect(looks).toEqual(['b.json', 'c.json', 'a.json', 'd.json']);
    scan();
    expect(await intake.next()).toBeNull();
    expect(looks).toEqual(['b.json', 'c.json', 'a.json', 'd.json', ...names]);
  });

  it('is forgotten once somebody has taken its files away', async () => {
    const jobCounts = new JobCounts();
    const intake = intakeOf(jobCounts);
    intake.offer({ names: ['a.json', 'b.json'], total: 2 });
    expect(await intake.next()).toBeNull();
    expect(jobCounts.isClean).toBe(false);
    intake.offer({ names: [], total: 0 });
    expect(jobCounts.isClean).toBe(true);
    expect(intake.unclaimed).toEqual([]);
  });
});
