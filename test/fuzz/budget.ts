import type { LoggerService } from '@nestjs/common';

/** Time limit of a test that fuzzes, in milliseconds; it bounds a hang. */
export const FUZZ_TIMEOUT = { timeout: (Number(process.env['FUZZ_MINUTES'] ?? 0) + 5) * 60_000 };

const nothing = () => undefined;
/** A fuzzer's jobs fail by the thousand; their log is of no use. */
export const SILENT: LoggerService = { log: nothing, warn: nothing, error: nothing };
