import { ConfigModule } from '@nestjs/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { Prober } from '@app/engines';
import { afterAll, beforeAll, vi } from 'vitest';
import { DEFAULT_SETTINGS, settingsConfiguration } from '../../apps/runner/src/config/settings.ts';
import { RoutingModule } from '../../apps/runner/src/routing/routing.module.ts';
import { RoutingService } from '../../apps/runner/src/routing/routing.service.ts';

interface RoutingUnderTest {
  service: RoutingService;
  /** What the real ffprobe was asked to look into so far, in order. */
  probed: () => string[];
}

/** The runner's own routing with its default settings, for the tests of one file. */
export function createRouting(): RoutingUnderTest {
  const routing = {} as RoutingUnderTest;
  let module: TestingModule | undefined;
  beforeAll(async () => {
    const configuration = ConfigModule.forRoot({
      isGlobal: true,
      ignoreEnvFile: true,
      skipProcessEnv: true,
      load: [settingsConfiguration({ ...DEFAULT_SETTINGS, folder: '/' })],
    });
    module = await Test.createTestingModule({ imports: [configuration, RoutingModule] }).compile();
    const probe = vi.spyOn(module.get(Prober, { strict: false }), 'probe');
    routing.service = module.get(RoutingService);
    routing.probed = () => probe.mock.calls.map(([path]) => path);
  });
  afterAll(() => module?.close());
  return routing;
}
