import { Module } from '@nestjs/common';
import { FfmpegEngine } from './ffmpeg.engine.ts';
import { FfprobeService } from './ffprobe.service.ts';
import { OutputVerifier } from './output-verifier.ts';
import { ProxyInspector } from './proxy-inspector.ts';

/** The only module that starts FFmpeg and ffprobe: probes sources and proxies, and is the engine for all that FFmpeg can read. */
@Module({
  providers: [FfprobeService, OutputVerifier, ProxyInspector, FfmpegEngine],
  exports: [FfmpegEngine, FfprobeService, OutputVerifier],
})
export class FfmpegModule {}
