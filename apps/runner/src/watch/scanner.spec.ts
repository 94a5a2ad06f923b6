import { Logger } from '@nestjs/common';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunnerStatus } from '@app/jobspec/folder';
import type { Recovery } from './recovery.ts';
import type { PendingFolder, PendingJobs } from './pending-folder.ts';
import type { JobIntake } from './job-intake.ts';
import type { Workers } from './workers.ts';
import { type FolderSession, Scanner, type StatusFile } from './scanner.ts';

const FOUND: PendingJobs = { names: ['a.json', 'b.json'], total: 7 };

type Written = Pick<RunnerStatus, 'last_scan_at' | 'pending'> & { stoppedAt: string | null };

let steps: string[] = [];
let broken: Record<string, Error> = {};
let offered: PendingJobs[] = [];
let written: Written[] = [];
let isOurs: (name: string) => boolean = () => false;
let scanner: Scanner;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  [steps, broken, offered, written] = [[], {}, [], []];
  const step = async (name: string) => {
    steps.push(name);
    if (broken[name]) throw broken[name];
  };
  const intake = {
    exclusively: (task: () => Promise<void>) => step('claims stand').then(task),
    offer: (found: PendingJobs) => {
      steps.push('offer');
      offered.push(found);
    },
  };
  const adopt = (has: typeof isOurs) => {
    isOurs = has;
    return step('adopt');
  };
  const status = {
    write: (scan: Written, stoppedAt: string | null = null) => {
      written.push({ ...scan, stoppedAt });
      return step('status');
    },
  };
  scanner = new Scanner(
    { ensure: () => step('ensure') } as unknown as FolderSession,
    { list: () => step('list').then(() => FOUND) } as unknown as PendingFolder,
    intake as unknown as JobIntake,
    { has: (name: string) => name === 'ours.json', wake: () => step('wake') } as unknown as Workers,
    status as unknown as StatusFile,
    { adopt } as unknown as Recovery,
  );
});

const error = (code: string) => Object.assign(new Error(`${code}: it is away`), { code });

describe('a scan', () => {
  it('makes sure of the folder, brings strangers to rest, offers what is there, wakes the workers and says so', async () => {
    expect(await scanner.scan()).toBeNull();
    expect(steps).toEqual(['ensure', 'claims stand', 'adopt', 'list', 'offer', 'wake', 'status']);
    expect(offered).toEqual([FOUND]);
    expect(written).toMatchObject([{ pending: 7, stoppedAt: null }]);
    expect([isOurs('ours.json'), isOurs('other.json')]).toEqual([true, false]);
    expect(scanner.latest).toMatchObject({ pending: 7, problem: null });
  });

  it.each(['ensure', 'adopt', 'list'])(
    'that fails at %s offers nothing, and the status is written all the same',
    async (name) => {
      await scanner.scan();
      const [before] = written;
      broken = { [name]: error('ENOENT') };
      expect(await scanner.scan()).toContain('it is away');
      expect(offered.at(-1)).toEqual({ names: [], total: 0 });
      expect(written.at(-1)).toEqual(before);
      expect(scanner.latest?.problem).toContain('it is away');
      broken = {};
      expect(await scanner.scan()).toBeNull();
      expect(scanner.latest?.problem).toBeNull();
    },
  );

  it('whose status can not be written has done its work', async () => {
    broken = { status: error('ENOSPC') };
    expect(await scanner.scan()).toBeNull();
    expect(offered).toEqual([FOUND]);
  });

  it('never overlaps another', async () => {
    const both = Promise.all([scanner.scan(), scanner.scan()]);
    expect(scanner.isScanning).toBe(true);
    await both;
    expect(scanner.isScanning).toBe(false);
    const once = ['ensure', 'claims stand', 'adopt', 'list', 'offer', 'wake', 'status'];
    expect(steps).toEqual([...once, ...once]);
  });
});

it('the last word names the time of the stop and what is left', async () => {
  await scanner.scan();
  await scanner.publishStop();
  expect(written.at(-1)).toMatchObject({ pending: 7, stoppedAt: expect.any(String) as string });
});
