import { Module } from '@nestjs/common';
import { Prober } from '@app/engines';
import { FfmpegEngine } from './ffmpeg.engine.ts';
import { FfprobeService } from './ffprobe.service.ts';

/** The only place that starts ffmpeg and ffprobe. */
@Module({
  providers: [FfmpegEngine, FfprobeService, { provide: Prober, useExisting: FfprobeService }],
  exports: [FfmpegEngine, FfprobeService, Prober],
})
export class FfmpegModule {}
