import type { Option } from 'commander';

/** What may follow a command. */
export interface CompletedCommand {
  /** Its name after those that contain it, such as `keys rotate`; empty for the program. */
  readonly path: string;
  readonly words: readonly string[];
  /** Options that take one of some values. */
  readonly choices: readonly Option[];
}

/** The shells that read a script. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The paths of all commands as words of a shell. */
const pathsOf = (commands: readonly CompletedCommand[]) =>
  commands.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`]));

/** The options that take one of some values, after the path of their command. */
const valuesOf = (commands: readonly CompletedCommand[]) =>
  commands.flatMap(({ path, choices }) =>
    choices.map(({ long, argChoices }) => ({ place: `${path} ${long}`.trim(), words: argChoices ?? [] })),
  );

/** zsh reads the script for bash with its emulation. */
const ZSH_EMULATION = 'autoload -Uz compinit bashcompinit\n(( $+functions[compdef] )) || compinit\nbashcompinit\n';

function bashScript(commands: readonly CompletedCommand[]): string {
  const values = valuesOf(commands).map(({ place, words }) => `    '${place}') words='${words.join(' ')}' ;;`);
  return `_postern() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' next words='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    next="\${path:+$path }\${COMP_WORDS[index]}"
    case "$next" in
      ${pathsOf(commands).join(' | ')}) path="$next" ;;
    esac
  done
  case "$path" in
${commands.map(({ path, words }) => `    '${path}') words='${words.join(' ')}' ;;`).join('\n')}
  esac
  case "\${path:+$path }\${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _postern postern
`;
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const offer = (place: string, words: readonly string[]) => `    case '${place}'\n      set words ${words.join(' ')}`;
  return `function __postern_complete
  set -l current (commandline -ct)
  set -l before (commandline -opc)
  set -l path ''
  set -l words
  for word in $before[2..-1]
    set -l next (string trim -- "$path $word")
    switch $next
      case ${pathsOf(commands).join(' ')}
        set path $next
    end
  end
  switch $path
${commands.map(({ path, words }) => offer(path, words)).join('\n')}
  end
  switch (string trim -- "$path $before[-1]")
${valuesOf(commands)
  .map(({ place, words }) => offer(place, words))
  .join('\n')}
  end
  set -l matching (string match -- "$current*" $words)
  if set -q matching[1]
    printf '%s\\n' $matching
  else
    __fish_complete_path $current
  end
end
complete -c postern -f -a '(__postern_complete)'
`;
}

/** The script for a shell. It is complete in itself: asking Postern at each Tab would load the whole program. */
export function completionScript(commands: readonly CompletedCommand[], shell: Shell): string {
  if (shell === 'fish') return fishScript(commands);
  return `${shell === 'zsh' ? ZSH_EMULATION : ''}${bashScript(commands)}`;
}
