import { Module } from '@nestjs/common';
import { JobModule } from '../../job/index.ts';
import { AfterModule } from '../after/index.ts';
import { ClaimModule } from '../claim/index.ts';
import { FolderModule } from '../folder/index.ts';
import { Archive } from './archive.ts';
import { Finisher } from './finisher.ts';
import { Recovery } from './recovery.ts';
import { JobCounts } from './job-counts.ts';

/** Archives jobs that have ended, also those of a runner that died. */
@Module({
  imports: [JobModule, FolderModule, ClaimModule, AfterModule],
  providers: [Archive, Finisher, Recovery, JobCounts],
  exports: [Finisher, Recovery, JobCounts],
})
export class FinishModule {}
