import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { RunnerSettings } from '../config/settings.ts';
import { JobModule } from '../job/job.module.ts';
import { Archive } from './finish/archive.ts';
import { ClaimGate } from './claim/claim-gate.ts';
import { CompletenessWatch } from './claim/completeness.ts';
import { Finisher } from './finish/finisher.ts';
import { FolderHold } from './folder/folder-hold.ts';
import { FullOutputs } from './claim/full-outputs.ts';
import { FolderSession } from './folder-session.ts';
import { JobIntake } from './job-intake.ts';
import { PendingFolder } from './folder/pending-folder.ts';
import { Recovery } from './finish/recovery.ts';
import { Scanner } from './scanner.ts';
import { StatusFile } from './status-file.ts';
import { Tally } from './finish/tally.ts';
import { WatchFolder } from './folder/watch-folder.ts';
import { WatchService } from './watch.service.ts';
import { Workers } from './workers.ts';

/** Finds, claims, dispatches, finishes and recovers jobs. It knows folders and no codec. */
@Module({
  imports: [ScheduleModule.forRoot(), JobModule],
  providers: [
    {
      provide: WatchFolder,
      useFactory: (settings: RunnerSettings) => new WatchFolder(settings.folder),
      inject: [RunnerSettings],
    },
    Archive,
    ClaimGate,
    CompletenessWatch,
    Finisher,
    FolderHold,
    FolderSession,
    FullOutputs,
    JobIntake,
    PendingFolder,
    Recovery,
    Scanner,
    StatusFile,
    Tally,
    WatchService,
    Workers,
  ],
  exports: [ClaimGate, JobIntake, Scanner, Tally, WatchFolder, WatchService, Workers],
})
export class WatchModule {}
