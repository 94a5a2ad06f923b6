import { Module } from '@nestjs/common';
import { ClaimGate } from './claim-gate.ts';
import { CompletenessWatch } from './completeness.ts';
import { FullOutputs } from './full-outputs.ts';

/** Whether jobs may be claimed, and which. */
@Module({
  providers: [ClaimGate, CompletenessWatch, FullOutputs],
  exports: [ClaimGate, CompletenessWatch, FullOutputs],
})
export class ClaimModule {}
