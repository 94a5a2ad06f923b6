// Checks of the release workflow:
//   check v0.2.0 OWNER/NAME   checks that the tag matches package.json's version and repository, and that the change log has the version
//   notes v0.2.0              prints the version's notes from the change log
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => readFileSync(`${root}${name}`, 'utf8');
const { version, repository } = JSON.parse(read('package.json'));

const COMMANDS = {
  check(tag, repositoryName) {
    if (tag !== `v${version}`) fail(`The tag is ${tag}, and package.json has version ${version}.`);
    if (!repository.url.endsWith(`/${repositoryName}.git`))
      fail(
        `package.json names ${repository.url}, and this is ${repositoryName}. Correct the address.`,
      );
    notesOf(tag);
  },
  notes: (tag) => console.log(notesOf(tag)),
};

/** Section of the change log below the heading `## 0.2.0 …`. */
function notesOf(tag) {
  const sections = read('CHANGELOG.md').split(/^## /m);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === tag.replace(/^v/, ''));
  if (section === undefined) fail(`CHANGELOG.md has no section for ${tag}. Rename "Unreleased".`);
  return section.slice(section.indexOf('\n') + 1).trim();
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

const [command, ...args] = process.argv.slice(2);
if (!(command in COMMANDS)) fail(`Expected ${Object.keys(COMMANDS).join(', ')}, got ${command}.`);
COMMANDS[command](...args);
