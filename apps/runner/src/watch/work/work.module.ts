import { Module } from '@nestjs/common';
import { JobModule } from '../../job/index.ts';
import { ClaimModule } from '../claim/index.ts';
import { FinishModule } from '../finish/index.ts';
import { FolderModule } from '../folder/index.ts';
import { JobIntake } from './job-intake.ts';
import { Workers } from './workers.ts';

/** Claims jobs and works them off. */
@Module({
  imports: [JobModule, FolderModule, ClaimModule, FinishModule],
  providers: [JobIntake, Workers],
  exports: [JobIntake, Workers],
})
export class WorkModule {}
