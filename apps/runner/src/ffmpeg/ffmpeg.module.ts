import { Module } from '@nestjs/common';
import { Prober } from '@app/engines';
import { FfmpegEngine } from './ffmpeg.engine.ts';
import { FfprobeService } from '../probe/ffprobe.service.ts';
import { OutputVerifier } from '../probe/output-verifier.ts';

/** The only place that starts ffmpeg and ffprobe. */
@Module({
  providers: [
    FfmpegEngine,
    FfprobeService,
    OutputVerifier,
    { provide: Prober, useExisting: FfprobeService },
  ],
  exports: [FfmpegEngine, FfprobeService, OutputVerifier, Prober],
})
export class FfmpegModule {}
