import { Module } from '@nestjs/common';
import { ResolveInstance } from './resolve-instance.ts';
import { ResolveEngine } from './resolve.engine.ts';
import { RenderInspector } from './render-inspector.ts';

/** Engine for camera RAW; the only module that talks to DaVinci Resolve. */
@Module({
  providers: [ResolveEngine, ResolveInstance, RenderInspector],
  exports: [ResolveEngine, ResolveInstance],
})
export class ResolveModule {}
