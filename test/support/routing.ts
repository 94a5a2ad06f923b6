import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Prober } from '@app/engines';
import { afterAll, beforeAll } from 'vitest';
import { RoutingModule } from '../../apps/runner/src/routing/routing.module.ts';
import { RoutingService } from '../../apps/runner/src/routing/routing.service.ts';
import { RecordingProber } from './ffprobe.ts';

@Global()
@Module({ providers: [{ provide: Prober, useClass: RecordingProber }], exports: [Prober] })
class ProberModule {}

/** The routing of the runner on the real ffprobe, for the tests of one file. */
export function createRouting(): { service: RoutingService; prober: RecordingProber } {
  const routing = {} as { service: RoutingService; prober: RecordingProber };
  let module: TestingModule | undefined;
  beforeAll(async () => {
    module = await Test.createTestingModule({ imports: [ProberModule, RoutingModule] }).compile();
    routing.service = module.get(RoutingService);
    routing.prober = module.get(Prober);
  });
  afterAll(() => module?.close());
  return routing;
}
