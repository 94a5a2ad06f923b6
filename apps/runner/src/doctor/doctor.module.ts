import { Module, type DynamicModule } from '@nestjs/common';
import type { RunnerSettings } from '../config/settings.ts';
import { SettingsModule } from '../config/settings.module.ts';
import { ProbeModule } from '../probe/index.ts';
import { ResolveModule } from '../resolve/resolve.module.ts';
import { HostExamination } from './host-examination.ts';
import { ResolveExamination } from './resolve-examination.ts';

/** Looks at this machine with what the runner works with. */
@Module({
  imports: [ProbeModule, ResolveModule],
  providers: [HostExamination, ResolveExamination],
})
export class DoctorModule {
  static forRoot(settings: RunnerSettings): DynamicModule {
    return { module: DoctorModule, imports: [SettingsModule.forRoot(settings)] };
  }
}
