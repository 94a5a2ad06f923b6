// This build.
export { ISSUES_URL, OWN_VERSION, PACKAGE_ROOT, RUNNER_VERSION } from './version.ts';

// Files with deadlines: a share that hangs is an error and not a wait.
export {
  access,
  type FileHandle,
  lstat,
  mkdir,
  mkdtemp,
  open,
  opendir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  utimes,
  writeFile,
} from './files/bounded-fs.ts';
export {
  isUnanswered,
  NoAnswerError,
  StorageDeadline,
  unansweredPaths,
  USUAL_SECONDS,
  withDeadline,
  withinSeconds,
} from './files/storage-deadline.ts';
export {
  errorCode,
  errorFact,
  errorMessage,
  isAbsent,
  isNoSpace,
  isSystemError,
  withNames,
} from './files/system-error.ts';
export { closing, closingOnFailure } from './files/closing.ts';
export {
  FileChangedError,
  type HashedFile,
  hashOpenFile,
  openEntry,
  openNamed,
  readParts,
  readWhole,
} from './files/regular-file.ts';
export {
  createOwnFile,
  forgetPathOf,
  isSameFile,
  OpenDirectory,
  type OwnFile,
  pathOfOpen,
} from './files/open-directory.ts';
export {
  exists,
  folderFault,
  isDirectory,
  isEmptyDirectory,
  isFull,
  makeDirectory,
  MIN_FREE_BYTES,
  NoSpaceFailure,
  requiredPathProblem,
  roomIn,
  scratchProblem,
  sizeOf,
  sizeOfFile,
} from './files/folder-fault.ts';

// Durable writes and publishing: a name is free or has a whole file.
export {
  isOneFile,
  moveDurably,
  onUnsyncable,
  replaceFile,
  syncDirectory,
  syncFile,
  writeDurably,
  writeSynced,
} from './files/durable-file.ts';
export { publish, replaced } from './files/publish.ts';
export { publishFile } from './files/publish-file.ts';
export { LinkOnTheWay, makeFolders } from './files/make-folders.ts';
export { CAPTURE_FILE, isMadeFile, RENDER_STEM } from './files/made-files.ts';

// Paths as they are, and as jobs name them.
export {
  contains,
  LONGEST_PATH,
  type RealPath,
  realPathOf,
  realPathsOf,
  Roots,
  usePathRules,
} from './files/real-path.ts';
export { type PathRule, readPathRule, rulesClash } from './files/path-map.ts';

// Programs: started, watched, and ended with all that they started.
export { type ProcessOptions, runProcess, TailBuffer } from './process/child-process.ts';
export { environment, FILE_THREADS, findExecutable } from './process/environment.ts';
export { mapConcurrently } from './process/map-concurrently.ts';
export { PROCESS_IDENTITY, whoRuns } from './process/orphan-guard.ts';
export { endProcessGroup, killGroup, Progress } from './process/program-end.ts';
export { startProgram } from './process/start-program.ts';

// Sources: found, held open, and unchanged.
export { spannedPart } from './sources/clip-files.ts';
export { missingLut, readCube } from './sources/read-cube.ts';
export {
  checkHeld,
  checkSources,
  checkUnchanged,
  fileProblem,
  openUnchanged,
  outsideRoots,
  problemIn,
  withSource,
} from './sources/source-checks.ts';
export {
  framesOf,
  OpenSource,
  OutsideRootsError,
  sequenceIn,
  type SourceState,
  stateOfSource,
} from './sources/source-state.ts';
export {
  clipFilesOf,
  type SourceFingerprint,
  type SourceSurvey,
  surveySource,
  surveySources,
} from './sources/source-survey.ts';

// The watch folder: its jobs, results, records and lock.
export { FolderLock, FolderLockedError, LET_LOCKS_BE_SEEN } from './watch-folder/folder-lock.ts';
export {
  NEARLY_FULL,
  readDropped,
  readInventory,
  readRecord,
  RECORD_IS_FULL,
} from './watch-folder/inventory-file.ts';
export {
  fingerprintAt,
  type JobFile,
  readJobBytes,
  readJobFile,
  submitFile,
} from './watch-folder/job-file.ts';
export { readHead, readResult, type ReadResult, resultWith } from './watch-folder/read-result.ts';
export { requestedJob } from './watch-folder/requested-job.ts';
export { checkOutsideStateFolders, identityOf } from './watch-folder/state-folders.ts';
export { unplannedIn } from './watch-folder/unplanned.ts';
export {
  FolderUnusableError,
  followersOf,
  foreignFolderFault,
  isNameBusy,
  type MisplacedJobs,
  misplacedJobs,
  outerFolderOf,
  placesInRunning,
  statusOf,
  WatchFolder,
} from './watch-folder/watch-folder.ts';
