import { Module } from '@nestjs/common';
import { FfmpegModule } from '../ffmpeg/ffmpeg.module.ts';
import { ResolveDriver } from './resolve-driver.ts';
import { ResolveEngine } from './resolve.engine.ts';

/** The only place that talks to DaVinci Resolve. */
@Module({
  imports: [FfmpegModule],
  providers: [ResolveDriver, ResolveEngine],
  exports: [ResolveEngine],
})
export class ResolveModule {}
