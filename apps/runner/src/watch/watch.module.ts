import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { RunnerSettings } from '../config/settings.ts';
import { JobModule } from '../job/index.ts';
import { AfterJobs } from './after/index.ts';
import { ClaimGate, CompletenessWatch, FullOutputs } from './claim/index.ts';
import { Archive, Finisher, JobCounts, Recovery } from './finish/index.ts';
import { FolderHold, PendingFolder, WatchFolder } from './folder/index.ts';
import { OncePass, WatchService } from './watch.service.ts';
import { FolderSession, Scanner, StatusFile } from './scan/index.ts';
import { JobIntake, Workers } from './work/index.ts';

const PROVIDERS = [
  {
    provide: WatchFolder,
    useFactory: (settings: RunnerSettings) => new WatchFolder(settings.folder),
    inject: [RunnerSettings],
  },
  FolderHold,
  PendingFolder,
  ClaimGate,
  CompletenessWatch,
  FullOutputs,
  AfterJobs,
  JobIntake,
  Workers,
  Archive,
  Finisher,
  Recovery,
  JobCounts,
  FolderSession,
  Scanner,
  StatusFile,
  OncePass,
  WatchService,
];

/** Finds, claims, dispatches, finishes and recovers jobs. It knows folders and no codec. */
@Module({
  imports: [ScheduleModule.forRoot(), JobModule],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class WatchModule {}
