import { Module } from '@nestjs/common';
import { RoutingModule } from '../routing/routing.module.ts';
import { ValidationService } from './validation.service.ts';

/** From a JobSpec to a job that may start, or the reason why not. */
@Module({ imports: [RoutingModule], providers: [ValidationService], exports: [ValidationService] })
export class ValidationModule {}
