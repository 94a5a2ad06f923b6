import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { JobModule } from '../job/job.module.ts';
import { WatchModule } from '../watch/watch.module.ts';
import { FolderGauges, FollowerGauges, UnplannedClips } from './gauges.ts';
import { HealthServer } from './health-server.ts';
import { JobMeter } from './job-meter.ts';
import { Readiness } from './readiness.ts';

/** Health and metrics over HTTP. Loaded only if a port is set. */
@Module({
  imports: [JobModule, WatchModule],
  providers: [
    { provide: Registry, useFactory: () => new Registry() },
    FolderGauges,
    FollowerGauges,
    HealthServer,
    JobMeter,
    Readiness,
    UnplannedClips,
  ],
})
export class HealthModule {}
