import { Module } from '@nestjs/common';
import { FfmpegModule } from '../ffmpeg/ffmpeg.module.ts';
import { ResolveModule } from '../resolve/resolve.module.ts';
import { EngineRegistry, RoutingService } from './routing.service.ts';

/** Chooses the engine of a job. */
@Module({
  imports: [FfmpegModule, ResolveModule],
  providers: [RoutingService, EngineRegistry],
  exports: [RoutingService, EngineRegistry],
})
export class RoutingModule {}
