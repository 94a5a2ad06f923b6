import { Module } from '@nestjs/common';
import { FfmpegModule } from '../ffmpeg/ffmpeg.module.ts';
import { ResolveDriver } from './resolve-driver.ts';
import { ResolveInstance } from './resolve-instance.ts';
import { ResolveSweep } from './resolve-sweep.ts';
import { ResolveEngine } from './resolve.engine.ts';

/** The only place that talks to DaVinci Resolve. */
@Module({
  imports: [FfmpegModule],
  providers: [ResolveDriver, ResolveEngine, ResolveInstance, ResolveSweep],
  exports: [ResolveEngine, ResolveSweep],
})
export class ResolveModule {}
