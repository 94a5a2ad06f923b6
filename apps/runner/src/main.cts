#!/usr/bin/env node
/**
 * What people start. A share whose server is gone holds a thread for every call: with Node's four, a few would stop
 * everything. How many there are is read when the first one is needed, so it must be said before any module is loaded.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '64';
void import('./main.ts');
