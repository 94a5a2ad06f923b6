import { Module } from '@nestjs/common';
import { RunnerSettings } from '../../config/settings.ts';
import { FolderHold } from './folder-hold.ts';
import { PendingFolder } from './pending-folder.ts';
import { WatchFolder } from './watch-folder.ts';

/** The folder of the settings: where everything lies in it, whose it is, what is pending. */
@Module({
  providers: [
    {
      provide: WatchFolder,
      useFactory: (settings: RunnerSettings) => new WatchFolder(settings.folder),
      inject: [RunnerSettings],
    },
    FolderHold,
    PendingFolder,
  ],
  exports: [WatchFolder, FolderHold, PendingFolder],
})
export class FolderModule {}
