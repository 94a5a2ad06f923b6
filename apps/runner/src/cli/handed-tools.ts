import type { INestApplicationContext } from '@nestjs/common';
import type { FfmpegTools, Inspection, ResolveTools } from '@app/assistant';
import {
  ffmpegVersion,
  installedEncoders,
  installedFilters,
  requireTool,
  runFfmpeg,
} from '../ffmpeg/ffmpeg-tools.ts';
import { UNRECORDED } from '../job/clip-journal.ts';
import { makeClip } from '../job/clip-maker.ts';
import { locateResolve } from '../resolve/resolve-location.ts';
import { ResolveEngine } from '../resolve/resolve.engine.ts';
import { ResolveInstance } from '../resolve/resolve-instance.ts';
import { EngineRegistry, RoutingService } from '../routing/routing.service.ts';
import { checkOutputDirectory } from '../validation/places.ts';
import { ValidationService } from '../validation/validation.service.ts';

/** Placeholder for the hash of a job that gets no result. */
const NO_HASH = '0'.repeat(64);

/** FFmpeg tools of an application. */
export function ffmpegTools(app: INestApplicationContext): FfmpegTools {
  const validation = app.get(ValidationService, { strict: false });
  return {
    ffmpegVersion,
    requireTool,
    installedEncoders,
    installedFilters,
    runFfmpeg,
    makeProxy: async (jobSpec, jobId, signal) => {
      const job = await validation.validate(jobSpec, jobId, signal);
      const [clip] = job.clips;
      if (clip === undefined) throw new RangeError('a job of no clip');
      const { result } = await makeClip(clip, {
        job,
        journal: UNRECORDED,
        scratch: { folder: null, isConfigured: false },
        jobSha256: NO_HASH,
        index: 0,
        thumbnailsFolder: null,
        signal,
      });
      const { request, media, outputPath: path } = clip;
      return { request, media, path, failureReason: result.failure_reason };
    },
  };
}

/** Resolve tools of an application. */
export function resolveTools(app: INestApplicationContext): ResolveTools {
  const instance = app.get(ResolveInstance, { strict: false });
  const engine = app.get(ResolveEngine, { strict: false });
  return {
    locate: locateResolve,
    identify: (signal) => instance.identify(signal),
    violations: (request) => engine.violations(request),
    make: (task, signal) => engine.make(task, signal),
    checkOutputDirectory,
  };
}

/** Source inspection of an application. */
export function inspectionOf(app: INestApplicationContext): Inspection {
  const routing = app.get(RoutingService, { strict: false });
  const engines = app.get(EngineRegistry, { strict: false });
  return {
    routeByHeader: (source, signal) => routing.routeByHeader(source, signal),
    violations: (engine, request, media) => engines.get(engine).violations(request, media),
  };
}
