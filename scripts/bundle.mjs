// The second half of `npm run build`: joins what `nest build` compiled into few files that load fast, at the same places. Commands stay
// apart, so that each loads what it needs. Names stay as they are, for stack traces.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const compiled = fileURLToPath(new URL('../dist/apps/runner/src', import.meta.url));

/** All files come to lie beside `main.js`; a module that looks for something beside itself goes on finding it. */
const keepPlaces = {
  name: 'keep-places',
  transform(code, id) {
    if (!id.startsWith(compiled) || !code.includes('import.meta.url')) return null;
    const place = JSON.stringify(`./${relative(compiled, id).replaceAll('\\', '/')}`);
    return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url)`);
  },
};

/** Nest loads these when its validation pipe is used, which needs all of them. Here nobody uses it. */
const leaveOut = {
  name: 'leave-out',
  resolveId(id, _importer, { kind }) {
    const isUnused = kind === 'dynamic-import' && /^class-(transformer|validator)/.test(id);
    return isUnused ? { id, external: true } : null;
  },
};

/** For Node, rxjs names the form of which nothing can be left out. */
const rxjs = join(dirname(fileURLToPath(import.meta.resolve('rxjs'))), '../esm');
const RXJS = {
  'rxjs/operators': join(rxjs, 'operators/index.js'),
  rxjs: join(rxjs, 'index.js'),
};

/** Packages whose modules have no side effects: unused exports are left out. */
const PURE =
  /node_modules\/(@nestjs\/(common|core)|class-transformer|class-validator|libphonenumber-js|validator)\//;

/** Modules of this project, except the entry: a command loads only what it uses, whatever an `index.ts` exports. */
const OURS = /\/dist\/(apps|libs)\/(?!runner\/src\/main\.js)/;

/** Prefers the ES modules of packages, which a bundler can tree-shake. */
const COMMON = { platform: 'node', resolve: { mainFields: ['module', 'main'] } };

const bundle = await rolldown({
  ...COMMON,
  input: join(compiled, 'main.js'),
  // A native addon, and what Nest looks for and does without.
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
// npm makes a command executable when it installs it, and a linked one is this very file.
chmodSync(join(compiled, 'main.cjs'), 0o755);

/** A file with a single character beyond Latin 1 takes two bytes a character in memory, as long as the process lives. */
function inLatin1(code) {
  return code.replaceAll(
    /(?<!\\)[\u0100-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The entry that others import, `watch-folder-runner/jobspec`; its types come from `tsc`. */
async function publishContract() {
  const input = fileURLToPath(new URL('../libs/jobspec/src/published.ts', import.meta.url));
  const file = fileURLToPath(new URL('../dist/jobspec/published.js', import.meta.url));
  const contract = await rolldown({ ...COMMON, input, treeshake: treeshake(PURE) });
  await contract.write({ file, keepNames: true });
  await contract.close();
}

/** Leaves out what isn't used of modules that do nothing but define. */
function treeshake(...pure) {
  return { moduleSideEffects: pure.map((test) => ({ test, sideEffects: false })) };
}

/** Removes what is joined now, and keeps the files that are read as they are, such as the Resolve driver. */
function removeModules(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.js(\.map)?$/.test(entry.name))
      rmSync(join(entry.parentPath, entry.name));
  }
}
