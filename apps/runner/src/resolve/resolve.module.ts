import { Module } from '@nestjs/common';
import { ProbeModule } from '../probe/index.ts';
import { ResolveDriver } from './resolve-driver.ts';
import { ResolveInstance } from './resolve-instance.ts';
import { ResolveSweep } from './resolve-sweep.ts';
import { ResolveEngine } from './resolve.engine.ts';
import { RenderInspector } from './render-inspector.ts';

/** The engine for camera RAW. No other folder talks to DaVinci Resolve. */
@Module({
  imports: [ProbeModule],
  providers: [ResolveDriver, ResolveEngine, ResolveInstance, ResolveSweep, RenderInspector],
  exports: [ResolveEngine, ResolveSweep],
})
export class ResolveModule {}
