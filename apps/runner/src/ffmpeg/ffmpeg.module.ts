import { Module } from '@nestjs/common';
import { FfmpegEngine } from './ffmpeg.engine.ts';
import { FfprobeService } from './ffprobe.service.ts';

/** Probes sources, and provides the engine for everything that FFmpeg can read. */
@Module({
  providers: [FfprobeService, FfmpegEngine],
  exports: [FfmpegEngine, FfprobeService],
})
export class FfmpegModule {}
