import { Module } from '@nestjs/common';
import { ProbeModule } from '../probe/index.ts';
import { DavinciDriver } from './davinci-driver.ts';
import { DavinciInstance } from './davinci-instance.ts';
import { DavinciSweep } from './davinci-sweep.ts';
import { DavinciEngine } from './davinci.engine.ts';
import { RenderInspector } from './render-inspector.ts';

/** The engine for camera RAW. No other folder talks to DaVinci Resolve. */
@Module({
  imports: [ProbeModule],
  providers: [DavinciDriver, DavinciEngine, DavinciInstance, DavinciSweep, RenderInspector],
  exports: [DavinciEngine, DavinciSweep],
})
export class DavinciModule {}
