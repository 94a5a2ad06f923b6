import { Module } from '@nestjs/common';
import { FfmpegEngine } from './ffmpeg.engine.ts';
import { FfprobeService } from './ffprobe.service.ts';
import { OutputVerifier } from './output-verifier.ts';
import { ProxyInspector } from './proxy-inspector.ts';

/** Probes sources and proxies, and provides the engine for everything that FFmpeg can read. */
@Module({
  providers: [FfprobeService, OutputVerifier, ProxyInspector, FfmpegEngine],
  exports: [FfmpegEngine, FfprobeService, OutputVerifier],
})
export class FfmpegModule {}
