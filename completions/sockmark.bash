# Completion of sockmark for bash; needs nothing but bash.
# tests/docs/sockmark_options_doc_test.cc holds it against sockmark --help.

# A line per verb: its options but --help, which all of them have.
declare -gA _sockmark_options=(
  [doctor]="--json --no-noise"
  [export]="--format --output --results"
  [list]="--json --manifest"
  [plot]="--results"
  [ratio]="--base --results"
  [run]="--connections --dry-run --duration --experiment --ignore-noise --manifest --models --no-plots --precision --preset --quiet --results --resume --rounds --seed --servers --time-budget --tool --warmup --workload"
  [table]="--format --results"
)

_sockmark_formats() {
  case $1 in
    table) echo csv markdown text ;;
    *) echo bencher csv github-action-benchmark-bigger github-action-benchmark-smaller google-benchmark google-benchmark-single junit markdown openmetrics ;;
  esac
}

_sockmark_servers() {
  "${COMP_WORDS[0]}" list 2>/dev/null | cut -d ' ' -f 1
}

_sockmark_runs() {
  local run
  echo latest
  for run in results/*/trials.jsonl; do
    [[ -e $run ]] && basename "$(dirname "$run")"
  done
}

# `word` is the caller's.
_sockmark_offer() {
  mapfile -t COMPREPLY < <(compgen "$@" -- "$word")
}

_sockmark() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local verb=${COMP_WORDS[1]}
  COMPREPLY=()
  case $before in
    --format) _sockmark_offer -W "$(_sockmark_formats "$verb")" ;;
    --preset) _sockmark_offer -W "quick standard full" ;;
    --tool) _sockmark_offer -W "loadgen wrk h2load ab" ;;
    --workload) _sockmark_offer -W "short long rate" ;;
    --servers | --base) _sockmark_offer -W "$(_sockmark_servers)" ;;
    --resume) _sockmark_offer -W "$(_sockmark_runs)" ;;
    --results) _sockmark_offer -d ;;
    --experiment | --manifest | --models | --output) _sockmark_offer -f ;;
    *)
      if ((COMP_CWORD == 1)); then
        _sockmark_offer -W "${!_sockmark_options[*]} -h --help --version"
      elif [[ $word == -* ]]; then
        _sockmark_offer -W "${_sockmark_options[$verb]} -h --help"
      elif [[ $verb != run && $verb != list && $verb != doctor ]]; then
        _sockmark_offer -W "$(_sockmark_runs)" -d
      fi
      ;;
  esac
}

complete -o filenames -F _sockmark sockmark
