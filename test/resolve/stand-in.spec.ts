import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const DRIVER = fileURLToPath(new URL('../../apps/runner/src/resolve/driver', import.meta.url));
const SUPPORT = fileURLToPath(new URL('../support/resolve', import.meta.url));

type OfficialApi = Record<string, Record<string, [least: number, most: number]>>;

async function pythonFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const python = names.filter((name) => name.endsWith('.py'));
  return Promise.all(python.map((name) => readFile(`${folder}/${name}`, 'utf8')));
}

async function officialApi(): Promise<OfficialApi> {
  const { source: _, ...classes } = JSON.parse(
    await readFile(`${SUPPORT}/official-api.json`, 'utf8'),
  ) as OfficialApi & { source: unknown };
  return classes;
}

/** `def Name(self, …)` of each class of the stand-in, with its numbers of arguments. */
function methodsOf(source: string): [string, [number, number]][] {
  const methods: [string, [number, number]][] = [];
  let owner = '';
  for (const line of source.split('\n')) {
    owner = /^class (\w+)\(Remote\)/.exec(line)?.[1] ?? owner;
    const [, name, list = ''] = /^ {4}def ([A-Z]\w+)\(self,? ?(.*)\):/.exec(line) ?? [];
    if (name === undefined) continue;
    const parameters = list.split(', ').filter(Boolean);
    const least = parameters.filter((one) => !/[=*]/.test(one)).length;
    const most = parameters.some((one) => one.startsWith('*')) ? 99 : parameters.length;
    methods.push([`${owner}.${name}`, [least, most]]);
  }
  return methods;
}

describe('the official interface of Resolve', () => {
  it('has every method of the stand-in, with as many arguments at most', async () => {
    const api = await officialApi();
    const sources = await pythonFiles(`${SUPPORT}/Modules`);
    const methods = sources.flatMap(methodsOf);
    expect(methods.length).toBeGreaterThan(30);
    const wrong = methods.filter(([name, [least, most]]) => {
      const [owner = '', method = ''] = name.split('.');
      const [wanted, allowed] = api[owner]?.[method] ?? [1, 0];
      return wanted > allowed || least < wanted || most > allowed;
    });
    expect(wrong).toEqual([]);
  });

  it('has every method that the driver calls', async () => {
    const names = new Set(Object.values(await officialApi()).flatMap((one) => Object.keys(one)));
    const sources = await pythonFiles(DRIVER);
    const called = sources.flatMap((source) => source.match(/(?<=\.)[A-Z][A-Za-z]+(?=\()/g) ?? []);
    const own = new Set([
      'Event',
      'ExtensionFileLoader',
      'Queue',
      'Thread',
      'TextIOWrapper',
      'Empty',
    ]);
    expect(called.length).toBeGreaterThan(25);
    expect(called.filter((name) => !names.has(name) && !own.has(name))).toEqual([]);
  });

  it('is never asked to quit, to clear a queue, to load a preset or to look for other machines', async () => {
    const sources = (await pythonFiles(DRIVER)).join('\n');
    expect(sources).not.toMatch(
      /DeleteAllRenderJobs|Quit\(|pinghosts|LoadRenderPreset|SetCurrentDatabase/,
    );
  });
});

const STANDARD =
  'faulthandler importlib io json os platform queue re signal sys threading time traceback';

describe('the driver', () => {
  it('is written in the Python of 3.6', async () => {
    const parse = 'import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 6))';
    for (const input of await pythonFiles(DRIVER)) {
      const { stderr } = await execa('python3', ['-c', parse], { input, reject: false });
      expect(stderr).toBe('');
    }
  });

  it('imports nothing but the standard library and itself', async () => {
    const own = new Set((await readdir(DRIVER)).map((name) => name.replace('.py', '')));
    const sources = (await pythonFiles(DRIVER)).join('\n');
    const imported = [...sources.matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name);
    const standard = new Set(STANDARD.split(' '));
    expect(imported.filter((name = '') => !standard.has(name) && !own.has(name))).toEqual([]);
  });
});
