import { Module } from '@nestjs/common';
import { ValidationModule } from '../validation/validation.module.ts';
import { JobObservers, JobRunner } from './job-runner.ts';

/** From a JobSpec that was read to a result. */
@Module({
  imports: [ValidationModule],
  providers: [JobObservers, JobRunner],
  exports: [JobObservers, JobRunner],
})
export class JobModule {}
