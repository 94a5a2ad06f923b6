import { Module } from '@nestjs/common';
import { Prober } from '@app/engines';
import { FfprobeService } from './ffprobe.service.ts';
import { OutputVerifier } from './output-verifier.ts';

/** Looks into sources and finished proxies, for routing and for every engine. */
@Module({
  providers: [FfprobeService, OutputVerifier, { provide: Prober, useExisting: FfprobeService }],
  exports: [OutputVerifier, Prober],
})
export class ProbeModule {}
