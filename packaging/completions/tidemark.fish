# Completion of tidemark's commands and options for fish.

set -l commands init check ingest run report status explain contribute

complete -c tidemark -f
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -a init -d 'write tidemark.ini and example set-up files'
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -a check -d 'read exports without storing anything'
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -a ingest -d 'read exports into the private ledger'
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -a run -d 'ingest, publish, and write the reports'
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -a report -d 'write the reports of a published week again'
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -a status -d 'say how fresh the data is and what was published'
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -a explain -d 'say what a number means'
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -a contribute -d 'write your own use on this machine as tidemark.csv'
complete -c tidemark -n "not __fish_seen_subcommand_from $commands" -l version -d 'print the version'

complete -c tidemark -s h -l help -d 'show help'
complete -c tidemark -n "__fish_seen_subcommand_from $commands" -s v -l verbose -d 'print notes, and every diagnostic'
complete -c tidemark -n '__fish_seen_subcommand_from init' -F
complete -c tidemark -n '__fish_seen_subcommand_from check ingest run contribute' -F
complete -c tidemark -n '__fish_seen_subcommand_from check ingest run report status' -s c -l config -r -F -d 'settings file'
complete -c tidemark -n '__fish_seen_subcommand_from check ingest run status contribute' -l today -x -d 'the day to take for today'
complete -c tidemark -n '__fish_seen_subcommand_from run report' -l week -x -d 'the week of the report'
complete -c tidemark -n '__fish_seen_subcommand_from report' -l month -x -d 'data files of a month'
complete -c tidemark -n '__fish_seen_subcommand_from report' -l quarter -x -d 'data files of a quarter'
complete -c tidemark -n '__fish_seen_subcommand_from report' -l from -x -d 'data files of a range: first week'
complete -c tidemark -n '__fish_seen_subcommand_from report' -l to -x -d 'data files of a range: last week'
complete -c tidemark -n '__fish_seen_subcommand_from check ingest run contribute' -l since -x -d 'leave out records before this day'
complete -c tidemark -n '__fish_seen_subcommand_from check ingest run contribute' -l until -x -d 'leave out records after this day'
complete -c tidemark -n '__fish_seen_subcommand_from ingest' -l reset -x -d 'forget what is stored of a tool, then read again'
complete -c tidemark -n '__fish_seen_subcommand_from check' -l json -d 'print JSON for programs'
complete -c tidemark -n '__fish_seen_subcommand_from check' -l unmatched -r -F -d 'write accounts of nobody into a file'
complete -c tidemark -n '__fish_seen_subcommand_from ingest run report contribute' -s n -l dry-run -d 'say what would be done'
complete -c tidemark -n '__fish_seen_subcommand_from run report' -s f -l format -x -a 'html pdf data alerts tree trace' -d 'what to make'
complete -c tidemark -n '__fish_seen_subcommand_from run report' -l paper -x -a 'a4 letter' -d 'paper of the PDF'
complete -c tidemark -n '__fish_seen_subcommand_from run' -l alerts-only -d 'write the alerts of the week and no report'
complete -c tidemark -n '__fish_seen_subcommand_from run' -l daily-cost -d 'publish nothing; judge the cost of running weeks'
complete -c tidemark -n '__fish_seen_subcommand_from contribute' -l as -x -d 'your address'
complete -c tidemark -n '__fish_seen_subcommand_from contribute' -s o -l output -r -F -d 'the file to write'
complete -c tidemark -n '__fish_seen_subcommand_from explain' -a '(tidemark explain | string split -f 1 " ")'
