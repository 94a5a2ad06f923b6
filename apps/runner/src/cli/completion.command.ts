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

/** Script that completes commands, flags and their choices, read from the command line's own definition. File names are left to the shell. */
export function completionScript(program: Command, shell: keyof typeof HEAD): string {
  const help = program.createHelp();
  const all = [program, ...help.visibleCommands(program)];
  const names = all.slice(1).map((command) => command.name());
  // `words` holds the command line in zsh.
  const found = shell === 'bash' ? 'words' : 'found';
  const line = (after: string, words: string) => `    ${after}) ${found}="${words}" ;;`;
  const choices = all.flatMap((command) =>
    [...command.options, ...command.registeredArguments].flatMap((one) => {
      const { argChoices } = one;
      const word = 'long' in one ? one.long : command.name();
      return argChoices ? [line(`${command.name()}:*:${word}`, argChoices.join(' '))] : [];
    }),
  );
  const flags = all.map((command) => {
    const name = command === program ? '' : command.name();
    return line(`${name}:-*`, `${flagsOf(help.visibleOptions(command))} $general`);
  });
  return [
    HEAD[shell],
    `    case $word in ${names.join('|')}) command=$word; break ;; esac`,
    '  done',
    `  local general="${flagsOf(help.visibleOptions(program))}"`,
    '  case $command:$current:$previous in',
    ...choices,
    ...flags,
    line(':*', names.join(' ')),
    '  esac',
    TAIL[shell],
    '',
  ].join('\n');
}

function flagsOf(options: readonly Option[]): string {
  return options.flatMap(({ short, long }) => [short, long].filter(Boolean)).join(' ');
}
