import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { settingsConfiguration, type RunnerSettings } from './config/settings.ts';
import { WatchModule } from './watch/watch.module.ts';

/** The whole runner. */
@Module({})
export class RunnerModule {
  static forRoot(settings: RunnerSettings): DynamicModule {
    const configuration = ConfigModule.forRoot({
      isGlobal: true,
      ignoreEnvFile: true,
      skipProcessEnv: true,
      load: [settingsConfiguration(settings)],
    });
    return { module: RunnerModule, imports: [configuration, WatchModule] };
  }
}
