import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { JobModule } from '../job/job.module.ts';
import { WatchModule } from '../watch/watch.module.ts';
import { FolderGauges, FollowerGauges, UnplannedClips } from './gauges.ts';
import { HealthServer } from './health-server.ts';
import { JobMeter } from './job-meter.ts';
import { Readiness } from './readiness.ts';

/** Says over HTTP how the runner is. Loaded only where a port is given: a runner without one pays nothing for it. */
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
