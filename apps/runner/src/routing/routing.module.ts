import { Module } from '@nestjs/common';
import { RoutingService } from './routing.service.ts';

/** Decides which engine makes a job. Needs a `Prober` from the module that may start ffprobe. */
@Module({ providers: [RoutingService], exports: [RoutingService] })
export class RoutingModule {}
