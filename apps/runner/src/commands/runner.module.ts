import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { Configuration } from '../config/settings.module.ts';
import { WatchModule } from '../watch/watch.module.ts';

/** The whole runner. */
@Module({})
export class RunnerModule {
  /** @param further modules that only some runners need. */
  static forRoot({ module }: Configuration, further: Type[] = []): DynamicModule {
    return { module: RunnerModule, imports: [module, WatchModule, ...further] };
  }
}
