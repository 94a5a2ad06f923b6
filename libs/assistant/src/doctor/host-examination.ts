import { constants } from 'node:fs';
import { JobFailure } from '@app/jobspec';
import { requiredEncoders } from '@app/engines';
import {
  RUNNER_VERSION,
  access,
  errorFact,
  exists,
  folderFault,
  isFull,
  MIN_FREE_BYTES,
  requiredPathProblem,
  scratchProblem,
} from '@app/storage';
import { ok, problem, report, warning, type Finding } from './finding.ts';
import { ffmpegCommands } from './install-ffmpeg.ts';
import type { DoctorSettings, FfmpegTools } from './service.ts';

const MINIMUM_FFMPEG = [7, 1] as const;
/** Major versions that the tests run with. */
const TESTED_FFMPEG = [7, 9];
/** Examines the settings and FFmpeg, which are the same for every folder and engine. */
export async function examineHost(
  settings: DoctorSettings,
  ffmpeg: FfmpegTools,
): Promise<Finding[]> {
  return [
    ok(`watch-folder-runner ${RUNNER_VERSION} on Node ${process.version}, ${process.platform}`),
    ...(await examinePaths(settings)),
    await examineScratch(settings),
    ...(await examineFfmpeg(ffmpeg)),
  ];
}

async function examineFfmpeg(ffmpeg: FfmpegTools): Promise<Finding[]> {
  try {
    const version = await ffmpeg.ffmpegVersion();
    await ffmpeg.requireTool('ffprobe');
    return [checkVersion(version), ok('ffprobe is there'), await examineEncoders(ffmpeg)];
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
    return [problem(error.message), ...ffmpegCommands().map(report)];
  }
}

function checkVersion(version: string): Finding {
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  const [wantedMajor, wantedMinor] = MINIMUM_FFMPEG;
  const isNewEnough = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  const tested = `the runner is tested with ${TESTED_FFMPEG.join(' and ')}`;
  if (!isNewEnough)
    return warning(`${version} is older than ${MINIMUM_FFMPEG.join('.')}; ${tested}`);
  return ok(TESTED_FFMPEG.includes(major) ? version : `${version}; ${tested}`);
}

async function examineEncoders(ffmpeg: FfmpegTools): Promise<Finding> {
  const installed = await ffmpeg.installedEncoders();
  const missing = requiredEncoders().filter((name) => !installed.has(name));
  if (missing.length === 0) return ok('every encoder of the contract is there');
  return problem(
    `FFmpeg lacks the encoders ${missing.join(', ')}: jobs that need them fail. Install a full build of FFmpeg.`,
  );
}

async function examinePaths(settings: DoctorSettings): Promise<Finding[]> {
  const paths = [
    ...settings.requirePaths.map((path) => ['required path', path, requiredFault] as const),
    ...settings.allowSourceRoots.map((path) => ['allowed source root', path, sourceFault] as const),
    ...settings.allowOutputRoots.map((path) => ['allowed output root', path, outputFault] as const),
  ];
  const findings: Finding[] = [];
  for (const [role, path, faultOf] of paths) {
    const isThere = await exists(path).catch(() => false);
    const fault = isThere ? await faultOf(path) : 'is missing. Mount it';
    findings.push(fault === null ? ok(`${role} ${path}`) : problem(`${role} ${path} ${fault}.`));
  }
  return findings;
}

async function examineScratch({ scratchDirectory: path }: DoctorSettings): Promise<Finding> {
  const size = 'about 3.5 kB a frame for each worker, 6 kB at most';
  if (path === null)
    return ok(`what a proxy is compared with lies in the watch folder while it is made: ${size}`);
  const fault = await scratchProblem(path);
  if (fault === null) return ok(`scratch directory ${path}: ${size}`);
  return problem(`the scratch directory ${path} ${fault}: no job is claimed. Make it usable.`);
}

async function requiredFault(path: string): Promise<string | null> {
  const fault = await requiredPathProblem(path);
  return fault && `${fault}. Mount it`;
}

async function sourceFault(path: string): Promise<string | null> {
  return access(path, constants.R_OK | constants.X_OK).then(
    () => null,
    (error: unknown) => `can't be read: ${errorFact(error)}. Let the runner read it`,
  );
}

async function outputFault(path: string): Promise<string | null> {
  const fault = await folderFault(path);
  if (fault !== null) return `${fault.fact}. Let the runner write to it`;
  const full = await isFull(path, MIN_FREE_BYTES.forOutputs);
  return full ? 'is full: jobs that write there wait. Free some space' : null;
}
