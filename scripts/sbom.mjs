// Prints a software bill of materials (CycloneDX) from the lockfile, with the name in package.json instead of the directory's, which npm uses.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const argv = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
const bill = JSON.parse(
  execFileSync('npm', argv, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }),
);
bill.metadata.component.name = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).name;
console.log(JSON.stringify(bill, null, 2));
