import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { settingsConfiguration, type RunnerSettings } from '../config/settings.ts';
import { WatchModule } from '../watch/watch.module.ts';

/** The whole runner. */
@Module({})
export class RunnerModule {
  /** @param further modules that only some runners need. */
  static forRoot(settings: RunnerSettings, further: Type[] = []): DynamicModule {
    const configuration = ConfigModule.forRoot({
      isGlobal: true,
      ignoreEnvFile: true,
      skipProcessEnv: true,
      load: [settingsConfiguration(settings)],
    });
    return { module: RunnerModule, imports: [configuration, WatchModule, ...further] };
  }
}
