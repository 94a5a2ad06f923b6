import { Module } from '@nestjs/common';
import { ValidationModule } from '../validation/validation.module.ts';
import { JobObservers, JobRunner } from './job-runner.ts';

/** Turns a JobSpec into a result. */
@Module({
  imports: [ValidationModule],
  providers: [JobObservers, JobRunner],
  exports: [JobObservers, JobRunner],
})
export class JobModule {}
