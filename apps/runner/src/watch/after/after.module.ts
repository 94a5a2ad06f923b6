import { Module } from '@nestjs/common';
import { FolderModule } from '../folder/index.ts';
import { AfterJobs } from './after-jobs.ts';

/** What users want done after each job. */
@Module({ imports: [FolderModule], providers: [AfterJobs], exports: [AfterJobs] })
export class AfterModule {}
