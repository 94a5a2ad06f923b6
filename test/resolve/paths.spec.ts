/** @module-tag night */
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const DRIVER = fileURLToPath(new URL('../../apps/runner/src/resolve/driver', import.meta.url));

/** What the driver's own functions make of paths, with the rules of another system. */
async function ask(flavour: 'ntpath' | 'posixpath', call: string): Promise<unknown> {
  const script = `import sys, json; sys.path.insert(0, ${JSON.stringify(DRIVER)}); import ${flavour} as f; from render_queue import *; print(json.dumps(${call}))`;
  const { stdout } = await execa('python3', ['-B', '-c', script]);
  return JSON.parse(stdout) as unknown;
}

describe('a path for Resolve', () => {
  it('has slashes on Windows', async () => {
    expect(await ask('ntpath', String.raw`for_api("D:\\Raw\\A 1.braw", f)`)).toBe(
      'D:/Raw/A 1.braw',
    );
    expect(await ask('ntpath', String.raw`for_api("\\\\nas\\raw\\a.braw", f)`)).toBe(
      '//nas/raw/a.braw',
    );
  });

  it('may have a backslash as a letter elsewhere', async () => {
    expect(await ask('posixpath', String.raw`for_api("/raw/quo\\te.braw", f)`)).toBe(
      '/raw/quo\\te.braw',
    );
  });
});

describe('the Python of the runner', () => {
  it.each([
    ['nt', '{}', true],
    ['nt', '{"PYTHONHOME": "C:/Python"}', false],
    ['posix', '{}', false],
  ])('is named to the library on %s beside %s: %s', async (system, environ, isNamed) => {
    const script = `
import json, os, sys; sys.path.insert(0, ${JSON.stringify(DRIVER)})
import library; from types import SimpleNamespace
library.os = SimpleNamespace(name="${system}", environ=${environ}, path=os.path)
try: library.load_module("/nowhere", None)
except library.Fault: pass
print(json.dumps(library.os.environ.get("FUSION_PYTHON3_HOME") == sys.base_prefix))`;
    const { stdout } = await execa('python3', ['-B', '-c', script]);
    expect(JSON.parse(stdout)).toBe(isNamed);
  });
});

describe('a storage location holds', () => {
  it.each([
    ['ntpath', 'D:/Raid', String.raw`d:\\raid\\proxies`, true],
    ['ntpath', String.raw`D:\\`, 'd:/Proxies', true],
    ['ntpath', String.raw`D:\\Raid`, String.raw`D:\\Raid2\\x`, false],
    ['posixpath', '/mnt/raid', '/mnt/raid', true],
    ['posixpath', '/', '/mnt', true],
    ['posixpath', '/mnt/Raid', '/mnt/raid/x', false],
  ] as const)('by the rules of %s, %s: %s is %s', async (flavour, folder, path, answer) => {
    expect(await ask(flavour, `contains("${folder}", "${path}", f)`)).toBe(answer);
  });
});
