import { Module } from '@nestjs/common';
import { FfmpegModule } from '../ffmpeg/ffmpeg.module.ts';
import { DavinciDriver } from './davinci-driver.ts';
import { DavinciInstance } from './davinci-instance.ts';
import { DavinciSweep } from './davinci-sweep.ts';
import { DavinciEngine } from './davinci.engine.ts';

/** The only place that talks to DaVinci Resolve. */
@Module({
  imports: [FfmpegModule],
  providers: [DavinciDriver, DavinciEngine, DavinciInstance, DavinciSweep],
  exports: [DavinciEngine, DavinciSweep],
})
export class ResolveModule {}
