import { Test, type TestingModule } from '@nestjs/testing';
import { Prober } from '@app/engines';
import { afterAll, beforeAll, vi } from 'vitest';
import { configure, SettingsModule } from '../../apps/runner/src/config/settings.module.ts';
import { RoutingModule } from '../../apps/runner/src/routing/routing.module.ts';
import { RoutingService, type Routing } from '../../apps/runner/src/routing/routing.service.ts';
import { lookAtSource } from '../../apps/runner/src/sources/source-look.ts';

interface RoutingUnderTest {
  service: RoutingService;
  /** Looks at the sources, then routes them. */
  route: (paths: readonly string[], signal?: AbortSignal) => Promise<Routing>;
  /** What the real ffprobe was asked to look into so far, in order. */
  probed: () => string[];
}

/** The runner's own routing with its default settings, for the tests of one file. */
export function createRouting(): RoutingUnderTest {
  const routing = {} as RoutingUnderTest;
  let module: TestingModule | undefined;
  beforeAll(async () => {
    const { settings } = configure({ folder: '/' });
    const imports = [SettingsModule.forRoot(settings), RoutingModule];
    module = await Test.createTestingModule({ imports }).compile();
    const probe = vi.spyOn(module.get(Prober, { strict: false }), 'probe');
    routing.service = module.get(RoutingService);
    routing.route = async (paths, signal) =>
      routing.service.route(await Promise.all(paths.map((path) => lookAtSource(path))), signal);
    routing.probed = () => probe.mock.calls.map(([path]) => path);
  });
  afterAll(() => module?.close());
  return routing;
}
