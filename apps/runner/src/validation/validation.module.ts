import { Module } from '@nestjs/common';
import { RoutingModule } from '../routing/routing.module.ts';
import { ValidationService } from './validation.service.ts';

/** Turns a JobSpec into a job that may start, or a failure. */
@Module({ imports: [RoutingModule], providers: [ValidationService], exports: [ValidationService] })
export class ValidationModule {}
