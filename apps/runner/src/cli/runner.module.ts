import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { SettingsModule } from '../config/settings.module.ts';
import type { RunnerSettings } from '../config/settings.ts';
import { WatchModule } from '../watch/watch.module.ts';

/** The whole runner. */
@Module({})
export class RunnerModule {
  /** @param further modules that only some runners need. */
  static forRoot(settings: RunnerSettings, further: Type[] = []): DynamicModule {
    const imports = [SettingsModule.forRoot(settings), WatchModule, ...further];
    return { module: RunnerModule, imports };
  }
}
