import type { Command, Option } from 'commander';

const HEAD = {
  bash: `_watch_folder_runner() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= words= word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
  zsh: `#compdef watch-folder-runner
_watch_folder_runner() {
  local current=\${words[CURRENT]} previous=\${words[CURRENT-1]} command= found= word
  for word in "\${(@)words[2,CURRENT-1]}"; do`,
};

const TAIL = {
  bash: `  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _watch_folder_runner watch-folder-runner`,
  zsh: `  if [[ -n $found ]]; then compadd -- \${=found}; else _files; fi
}
compdef _watch_folder_runner watch-folder-runner`,
};

/** A script that completes commands, flags and what they may be, as the command line itself has them. Files are the shell's to complete. */
export function completionScript(program: Command, shell: keyof typeof HEAD): string {
  const help = program.createHelp();
  const all = [program, ...help.visibleCommands(program)];
  const names = all.slice(1).map((command) => command.name());
  // In zsh, words is the command line.
  const found = shell === 'bash' ? 'words' : 'found';
  const options = all.flatMap((command) =>
    help.visibleOptions(command).map((option) => ({ option, after: afterFlag(command, option) })),
  );
  const choices = options.filter(({ option }) => option.argChoices);
  // A file, a number or a word of the user's own.
  const open = options.filter(({ option }) => option.required && !option.argChoices);
  const line = (after: string, words: readonly string[]) =>
    `    ${after}) ${found}="${words.join(' ')}" ;;`;
  return [
    HEAD[shell],
    `    case $word in ${names.join('|')}) command=$word; break ;; esac`,
    '  done',
    `  local general="${flagsOf(help.visibleOptions(program))}"`,
    '  case $command:$current:$previous in',
    ...choices.map(({ option, after }) => line(after, option.argChoices ?? [])),
    `    ${open.map(({ after }) => after).join('|')}) ;;`,
    ...all.flatMap((command) =>
      command.registeredArguments
        .filter(({ argChoices }) => argChoices)
        .map(({ argChoices }) => line(`${command.name()}:*:${command.name()}`, argChoices ?? [])),
    ),
    line(':-*', ['$general']),
    ...all
      .slice(1)
      .map((command) =>
        line(`${command.name()}:-*`, [flagsOf(help.visibleOptions(command)), '$general']),
      ),
    line(':*', names),
    '  esac',
    TAIL[shell],
    '',
  ].join('\n');
}

function flagsOf(options: readonly Option[]): string {
  return options.flatMap(({ short, long }) => [short, long].filter(Boolean)).join(' ');
}

/** The place after a flag, as the script's `case` has it; a flag of the service may follow any command. */
function afterFlag(command: Command, { short, long }: Option): string {
  const name = command.parent === null ? '*' : command.name();
  return [short, long]
    .filter(Boolean)
    .map((flag) => `${name}:*:${flag}`)
    .join('|');
}
