import { Module } from '@nestjs/common';
import { ValidationModule } from '../validation/validation.module.ts';
import { JobRunner } from './job-runner.ts';

/** From the bytes of a JobSpec to a result. */
@Module({ imports: [ValidationModule], providers: [JobRunner], exports: [JobRunner] })
export class JobModule {}
