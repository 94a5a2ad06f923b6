import { Module } from '@nestjs/common';
import { ResolveEngine } from './resolve.engine.ts';

/** The only place that talks to DaVinci Resolve. */
@Module({ providers: [ResolveEngine], exports: [ResolveEngine] })
export class ResolveModule {}
