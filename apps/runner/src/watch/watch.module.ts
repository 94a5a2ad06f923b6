import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AfterModule } from './after/index.ts';
import { ClaimModule } from './claim/index.ts';
import { FinishModule } from './finish/index.ts';
import { FolderModule } from './folder/index.ts';
import { OncePass } from './once-pass.ts';
import { ScanModule } from './scan/index.ts';
import { WatchService } from './watch.service.ts';
import { WorkModule } from './work/index.ts';

const ROOMS = [FolderModule, ClaimModule, AfterModule, WorkModule, FinishModule, ScanModule];

/** Finds, claims, dispatches, finishes and recovers jobs. It knows folders and no codec. */
@Module({
  imports: [ScheduleModule.forRoot(), ...ROOMS],
  providers: [OncePass, WatchService],
  exports: [...ROOMS, WatchService],
})
export class WatchModule {}
