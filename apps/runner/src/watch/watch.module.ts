import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { SETTINGS, type RunnerSettings } from '../config/settings.ts';
import { JobModule } from '../job/job.module.ts';
import { Archive } from './archive.ts';
import { ClaimGate } from './claim-gate.ts';
import { CompletenessWatch } from './completeness.ts';
import { Finisher } from './finisher.ts';
import { FolderSession } from './folder-session.ts';
import { JobIntake } from './job-intake.ts';
import { PendingFolder } from './pending-folder.ts';
import { Recovery } from './recovery.ts';
import { Scanner } from './scanner.ts';
import { StatusFile } from './status-file.ts';
import { Tally } from './tally.ts';
import { WatchFolder } from './watch-folder.ts';
import { WatchService } from './watch.service.ts';
import { Workers } from './workers.ts';

/** Finds, claims, dispatches, finishes and recovers jobs. It knows folders and no codec. */
@Module({
  imports: [ScheduleModule.forRoot(), JobModule],
  providers: [
    {
      provide: WatchFolder,
      useFactory: (settings: RunnerSettings) => new WatchFolder(settings.folder),
      inject: [SETTINGS],
    },
    Archive,
    ClaimGate,
    CompletenessWatch,
    Finisher,
    FolderSession,
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
