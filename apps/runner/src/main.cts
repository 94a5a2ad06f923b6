#!/usr/bin/env node
/**
 * Executable of the package. A call to a share whose server is gone blocks a thread: with Node's default of four, a few such calls would
 * stop everything. Node reads the number of threads when it first needs one, so it is set before any module is loaded.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '64';
void import('./main.ts');
