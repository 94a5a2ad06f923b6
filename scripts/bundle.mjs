// Second half of `npm run build`: joins the output of `nest build` into few files, which load faster. Each command stays a file of its own,
// so that it loads only what it needs. Names are kept for stack traces.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const compiled = fileURLToPath(new URL('../dist/apps/runner/src', import.meta.url));

/** Keeps `import.meta.url` right: all modules move beside `main.js`, and some look for files beside themselves. */
const keepPlaces = {
  name: 'keep-places',
  transform(code, id) {
    if (!id.startsWith(compiled) || !code.includes('import.meta.url')) return null;
    const place = JSON.stringify(`./${relative(compiled, id).replaceAll('\\', '/')}`);
    return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url)`);
  },
};

/** Leaves out the packages that Nest's validation pipe imports; this program doesn't use the pipe. */
const leaveOut = {
  name: 'leave-out',
  resolveId(id, _importer, { kind }) {
    const isUnused = kind === 'dynamic-import' && /^class-(transformer|validator)/.test(id);
    return isUnused ? { id, external: true } : null;
  },
};

/** ES modules of rxjs: what it exports to Node is CommonJS, from which unused code can't be left out. */
const rxjs = join(dirname(fileURLToPath(import.meta.resolve('rxjs'))), '../esm');
const RXJS = {
  'rxjs/operators': join(rxjs, 'operators/index.js'),
  rxjs: join(rxjs, 'index.js'),
};

/** Packages whose modules have no side effects: unused exports are left out. */
const PURE =
  /node_modules\/(@nestjs\/(common|core)|class-transformer|class-validator|libphonenumber-js|validator)\//;

/** Modules of this project except the entry, which have no side effects either: a command loads only what it uses of an `index.ts`. */
const OURS = /\/dist\/(apps|libs)\/(?!runner\/src\/main\.js)/;

/** Prefers the ES modules of packages, which a bundler can tree-shake. */
const COMMON = { platform: 'node', resolve: { mainFields: ['module', 'main'] } };

const bundle = await rolldown({
  ...COMMON,
  input: join(compiled, 'main.js'),
  // A native addon, and optional packages of Nest.
  external: ['fs-native-extensions', /^@nestjs\/(microservices|websockets|platform-)/],
  resolve: { ...COMMON.resolve, alias: RXJS },
  treeshake: treeshake(PURE, OURS),
  plugins: [keepPlaces, leaveOut],
});
const joined = mkdtempSync(join(dirname(compiled), 'joined-'));
const comments = { jsdoc: false, annotation: false };
await bundle.write({ dir: joined, keepNames: true, comments, chunkFileNames: '[name].js' });
await bundle.close();
removeModules(compiled);
await publishContract();
for (const name of readdirSync(joined))
  writeFileSync(join(compiled, name), inLatin1(readFileSync(join(joined, name), 'utf8')));
rmSync(joined, { recursive: true });
// npm makes installed commands executable, but `npm link` links this very file.
chmodSync(join(compiled, 'main.cjs'), 0o755);

/** Escapes characters beyond Latin 1: with a single one, V8 keeps the whole file at two bytes per character. */
function inLatin1(code) {
  return code.replaceAll(
    /(?<!\\)[\u0100-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Bundles `watch-folder-runner/jobspec`, the entry for other programs. Its types come from `tsc`. */
async function publishContract() {
  const input = fileURLToPath(new URL('../libs/jobspec/src/published.ts', import.meta.url));
  const file = fileURLToPath(new URL('../dist/jobspec/published.js', import.meta.url));
  const contract = await rolldown({ ...COMMON, input, treeshake: treeshake(PURE) });
  await contract.write({ file, keepNames: true });
  await contract.close();
}

/** Option that leaves out unused exports of modules that match. */
function treeshake(...pure) {
  return { moduleSideEffects: pure.map((test) => ({ test, sideEffects: false })) };
}

/** Removes the compiled modules, which are joined now, and keeps other files, such as the Resolve driver. */
function removeModules(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.js(\.map)?$/.test(entry.name))
      rmSync(join(entry.parentPath, entry.name));
  }
}
