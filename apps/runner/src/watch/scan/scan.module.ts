import { Module } from '@nestjs/common';
import { ClaimModule } from '../claim/index.ts';
import { FinishModule } from '../finish/index.ts';
import { FolderModule } from '../folder/index.ts';
import { WorkModule } from '../work/index.ts';
import { FolderSession } from './folder-session.ts';
import { Scanner } from './scanner.ts';
import { StatusFile } from './status-file.ts';

/** Holds the folder, looks into it again and again, and says what it sees. */
@Module({
  imports: [FolderModule, ClaimModule, FinishModule, WorkModule],
  providers: [FolderSession, Scanner, StatusFile],
  exports: [FolderSession, Scanner],
})
export class ScanModule {}
