import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { RunnerSettings } from '../config/settings.ts';
import { JobModule } from '../job/job.module.ts';
import { AfterJobs } from './after-jobs.ts';
import { ClaimGate } from './claim-gate.ts';
import { Claimer } from './claim.ts';
import { CompletenessWatch } from './completeness-watch.ts';
import { FullOutputGate } from './full-output-gate.ts';
import { Archive } from './archive.ts';
import { ClaimedJobRunner } from './claimed-job-runner.ts';
import { Finisher, JobCounts } from './finisher.ts';
import { Recovery } from './recovery.ts';
import { WatchFolder } from '@app/storage';
import { PendingFolder } from './pending-folder.ts';
import { OncePass, WatchService } from './watch.service.ts';
import { FolderSession } from './folder-session.ts';
import { InventoryKeeper } from './inventory-keeper.ts';
import { Intake } from './intake.ts';
import { JobEndings } from './job-endings.ts';
import { JobLoop } from './job-loop.ts';
import { JobQueue } from './job-queue.ts';
import { StatusFile } from './status-file.ts';
import { BusyPeriod } from './busy-period.ts';
import { WorkerSlots } from './worker-slots.ts';
import { FolderLease } from './folder-lease.ts';

const PROVIDERS = [
  {
    provide: WatchFolder,
    useFactory: (settings: RunnerSettings) => new WatchFolder(settings.folder),
    inject: [RunnerSettings],
  },
  FolderLease,
  PendingFolder,
  ClaimGate,
  CompletenessWatch,
  FullOutputGate,
  AfterJobs,
  JobQueue,
  Claimer,
  {
    provide: WorkerSlots,
    useFactory: ({ maxWorkers }: RunnerSettings) => new WorkerSlots(maxWorkers),
    inject: [RunnerSettings],
  },
  Intake,
  ClaimedJobRunner,
  JobEndings,
  JobLoop,
  InventoryKeeper,
  Archive,
  Finisher,
  Recovery,
  JobCounts,
  FolderSession,
  BusyPeriod,
  StatusFile,
  OncePass,
  WatchService,
];

/** Finds, claims, runs, finishes and recovers jobs. Knows folders and no codec. */
@Module({
  imports: [ScheduleModule.forRoot(), JobModule],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class WatchModule {}
