import { Test, type TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, vi } from 'vitest';
import { withNames } from '../../libs/storage/src/files/system-error.ts';
import { configure, SettingsModule } from '../../apps/runner/src/config/settings.module.ts';
import { FfprobeService } from '../../apps/runner/src/ffmpeg/ffprobe.service.ts';
import { RoutingModule } from '../../apps/runner/src/routing/routing.module.ts';
import { RoutingService, type Routing } from '../../apps/runner/src/routing/routing.service.ts';
import { stateOfSource } from '../../libs/storage/src/sources/source-state.ts';

interface RoutingUnderTest {
  service: RoutingService;
  /** Looks at the sources, then routes them. */
  route: (paths: readonly string[], signal?: AbortSignal) => Promise<Routing>;
  /** Files that the real ffprobe has read so far, in order. */
  probed: () => string[];
}

/** The runner's own routing with its default settings, for the tests of one file. */
export function createRouting(): RoutingUnderTest {
  const routing = {} as RoutingUnderTest;
  const probed: string[] = [];
  let module: TestingModule | undefined;
  beforeAll(async () => {
    const { settings } = configure({ folder: '/' });
    const imports = [SettingsModule.forRoot(settings), RoutingModule];
    module = await Test.createTestingModule({ imports }).compile();
    const prober = module.get(FfprobeService, { strict: false });
    const probe = prober.probe.bind(prober);
    vi.spyOn(prober, 'probe').mockImplementation((path, given) => {
      probed.push(withNames(path));
      return probe(path, given);
    });
    routing.service = module.get(RoutingService);
    routing.route = async (paths, signal) =>
      routing.service.route(await Promise.all(paths.map((path) => stateOfSource(path))), signal);
    routing.probed = () => [...probed];
  });
  afterAll(() => module?.close());
  return routing;
}
