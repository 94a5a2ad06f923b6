import { Module } from '@nestjs/common';
import { ProbeModule } from '../probe/index.ts';
import { ContentVerifier } from './content-verifier.ts';
import { FfmpegEngine } from './ffmpeg.engine.ts';

/** The engine for every source that FFmpeg can read. */
@Module({
  imports: [ProbeModule],
  providers: [ContentVerifier, FfmpegEngine],
  exports: [FfmpegEngine],
})
export class FfmpegModule {}
