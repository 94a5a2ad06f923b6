import { raw } from 'sql-template-tag';
import { CLIP_FACTS } from './clip-row.ts';
import { JOB_FACTS } from './job-row.ts';

/** Raise it with every change of the schema or of the stored values: an index of another version is rebuilt. */
export const SCHEMA_VERSION = 31;

/** Clip ids reserved for each job, which has at most 10,000 clips: clip id = job id × this + position. */
export const CLIPS_OF_A_JOB = 16_384;
/** SQL for the job id of a clip. The divisor is part of the text: a bound value would not be an integer. @param row alias of the clip */
export const jobOf = (row: string) => raw(`(${row}.id / ${CLIPS_OF_A_JOB})`);
/** SQL for the clips of the row `job`. */
export const CLIPS_OF_JOB = raw(
  `clip.id >= job.id * ${CLIPS_OF_A_JOB} AND clip.id < (job.id + 1) * ${CLIPS_OF_A_JOB}`,
);

/**
 * Tables and the indexes needed for the first reading. `text` is searched; `job.dismissed`: a person has put the job aside;
 * `clip.stands`: id of the current attempt at the proxy, 0 if none is shown; `place.mtime`: modification time of the folder
 * when it was listed, set once everything in that listing has been read.
 */
export const SCHEMA = `
PRAGMA page_size=8192;
PRAGMA journal_mode=WAL;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, folder TEXT NOT NULL, state TEXT NOT NULL, mtime REAL, UNIQUE (folder, state));
CREATE TABLE job (
  id INTEGER PRIMARY KEY, place INTEGER NOT NULL, base TEXT NOT NULL, files INTEGER NOT NULL, stamp TEXT NOT NULL,
  ${JOB_FACTS.join(', ')}, at REAL NOT NULL, ended REAL NOT NULL, cause TEXT, text TEXT NOT NULL,
  dismissed INTEGER NOT NULL DEFAULT 0);
CREATE INDEX job_name ON job (place, base, files);
CREATE INDEX job_ended ON job (ended, place);
CREATE INDEX job_problem ON job (place, ended) WHERE problem IS NOT NULL;
CREATE TABLE dir (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, text TEXT NOT NULL, card INTEGER);
CREATE TABLE clip (
  id INTEGER PRIMARY KEY, dir INTEGER NOT NULL, card INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT, output_path TEXT NOT NULL,
  status INTEGER NOT NULL, stands INTEGER NOT NULL, at REAL NOT NULL,
  ${CLIP_FACTS.join(', ')}, text TEXT NOT NULL);
CREATE INDEX clip_source ON clip (dir, name);
CREATE VIRTUAL TABLE search USING fts5 (text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
INSERT INTO search (search, rank) VALUES ('automerge', 0);
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Indexes for queries only, built after the first reading: far quicker than maintaining them during it. 4 is SQLite's default for `automerge`. */
export const LATE_INDEXES = `
INSERT INTO search (search, rank) VALUES ('automerge', 4);
CREATE INDEX IF NOT EXISTS job_place ON job (place, ended);
CREATE INDEX IF NOT EXISTS job_engine ON job (execution_engine, ended, place);
CREATE INDEX IF NOT EXISTS job_failure ON job (failure_type, ended, place) WHERE failure_type IS NOT NULL;
CREATE INDEX IF NOT EXISTS job_base ON job (base, ended, place);
CREATE INDEX IF NOT EXISTS job_duration ON job (duration_seconds, ended, place);
CREATE INDEX IF NOT EXISTS job_output ON job (output_size_bytes, ended, place);
CREATE INDEX IF NOT EXISTS dir_name ON dir (name) WHERE card = id;
CREATE INDEX IF NOT EXISTS clip_card ON clip (card, status) WHERE stands = id;
CREATE INDEX IF NOT EXISTS clip_open ON clip (status, at) WHERE stands = id AND status < 6;
`;
