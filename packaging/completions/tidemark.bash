# Completion of tidemark's commands and options for bash.

_tidemark()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command=${COMP_WORDS[1]} options="--help --verbose"
    COMPREPLY=()

    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "init check ingest run report status explain contribute help --help --version" -- "$current")
        return
    fi
    # Words break at "=", so an option's value stands one or two words behind its name.
    [[ $current == "=" ]] && current=
    [[ $previous == "=" ]] && previous=${COMP_WORDS[COMP_CWORD - 2]}
    case $previous in
    -c | --config | -o | --output | --unmatched)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        compopt -o filenames
        return
        ;;
    -f | --format)
        mapfile -t COMPREPLY < <(compgen -W "html pdf data alerts tree trace" -- "$current")
        return
        ;;
    --paper)
        mapfile -t COMPREPLY < <(compgen -W "a4 letter" -- "$current")
        return
        ;;
    --today | --since | --until | --week | --month | --quarter | --from | --to | --as) return ;;
    esac

    case $command in
    check) options+=" --config --today --since --until --json --unmatched" ;;
    ingest) options+=" --config --today --since --until --reset --dry-run" ;;
    run) options+=" --config --today --week --since --until --dry-run --format --paper --alerts-only --daily-cost" ;;
    report) options+=" --config --week --month --quarter --from --to --dry-run --format --paper" ;;
    contribute) options+=" --as --output --today --since --until --dry-run" ;;
    status) options+=" --config --today" ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
        return
    fi
    case $command in
    init)
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        compopt -o filenames
        ;;
    check | ingest | run | contribute)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        compopt -o filenames
        ;;
    explain)
        mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" explain 2>/dev/null | cut -d ' ' -f 1)" -- "$current")
        ;;
    esac
}

complete -F _tidemark tidemark
