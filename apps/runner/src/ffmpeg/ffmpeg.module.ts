import { Module } from '@nestjs/common';
import { ProbeModule } from '../probe/index.ts';
import { FfmpegEngine } from './ffmpeg.engine.ts';
import { ProxyInspector } from './proxy-inspector.ts';

/** The engine for every source that FFmpeg can read. */
@Module({
  imports: [ProbeModule],
  providers: [FfmpegEngine, ProxyInspector],
  exports: [FfmpegEngine],
})
export class FfmpegModule {}
