import { Injectable } from '@nestjs/common';
import { JobFailure } from '@app/jobspec';
import { ffprobeArguments, parseProbeResult, Prober, type ProbeResult } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { runProcess } from '../process/child-process.ts';
import { requireTool } from './required-tool.ts';

/** A description longer than this is no description of a clip, in bytes. */
const MAX_DESCRIPTION_BYTES = 32 * 1024 * 1024;

/** Looks into media files with the installed ffprobe. */
@Injectable()
export class FfprobeService extends Prober {
  constructor(private readonly settings: RunnerSettings) {
    super();
  }

  override async probe(
    path: string,
    signal?: AbortSignal,
    options: { countPackets?: boolean } = {},
  ): Promise<ProbeResult> {
    await requireTool('ffprobe');
    const chunks: Uint8Array[] = [];
    let length = 0;
    const outcome = await runProcess(['ffprobe', ...ffprobeArguments(path, options)], {
      signal,
      stallSeconds: this.settings.stallTimeoutSeconds,
      onStdout: (chunk) => {
        length += chunk.length;
        if (length <= MAX_DESCRIPTION_BYTES) chunks.push(chunk);
        return true;
      },
    });
    signal?.throwIfAborted();
    if (outcome.stalled) throw stalled(path, this.settings.stallTimeoutSeconds);
    return parseProbeResult(parseJson(Buffer.concat(chunks).toString()));
  }
}

function stalled(path: string, seconds: number): JobFailure {
  return new JobFailure(
    'EngineStalledError',
    `ffprobe did not finish reading ${path} within ${seconds} s. Check the storage it is on.`,
  );
}

/** A process that was ended leaves half a document, which describes nothing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
