# Completion of sockmark for bash; needs nothing but bash.
# tests/docs/sockmark_options_doc_test.cc holds it against sockmark --help.

# A line per verb: its options but --help, which all of them have.
declare -gA _sockmark_options=(
  [ab]="--build --connections --dry-run --duration --experiment --ignore-noise --json --manifest --markdown --models --no-plots --preset --quiet --results --rounds --seed --servers --strict --warmup --workload"
  [baseline]=""
  [baseline add]="--file --reference --results"
  [baseline check]="--file --results --strict"
  [compare]="--force --json --markdown --results --strict"
  [doctor]="--json --no-noise"
  [export]="--format --output --results"
  [history]="--any-machine --chart --json --last --metric --min --no-plots --results --server --servers --workload"
  [list]="--json --manifest"
  [plot]="--results"
  [ratio]="--base --results"
  [run]="--connections --dry-run --duration --experiment --ignore-noise --manifest --models --no-plots --precision --preset --quiet --results --resume --rounds --seed --servers --time-budget --tool --warmup --workload"
  [selfcheck]="--connections --dry-run --duration --experiment --gates --ignore-noise --json --no-plots --preset --quick --quiet --results --rounds --seed --server --slowdown --warmup --workload"
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

# The verbs, or what can follow one of them.
_sockmark_verbs() {
  local verb
  for verb in "${!_sockmark_options[@]}"; do
    [[ $# == 0 && $verb != *" "* ]] && echo "$verb"
    [[ $# == 1 && $verb == "$1 "* ]] && echo "${verb#* }"
  done
}

_sockmark_arguments() {
  case $1 in
    ab) _sockmark_offer -W "$(git for-each-ref --format='%(refname:short)' 2>/dev/null)" -f ;;
    baseline) _sockmark_offer -W "$(_sockmark_verbs baseline)" ;;
    compare) _sockmark_offer -W "$(_sockmark_runs)" -f ;;
    "baseline "* | export | plot | ratio | table) _sockmark_offer -W "$(_sockmark_runs)" -d ;;
  esac
}

_sockmark() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local verb=${COMP_WORDS[1]}
  [[ $verb == baseline ]] && ((COMP_CWORD > 2)) && verb+=" ${COMP_WORDS[2]}"
  COMPREPLY=()
  case $before in
    --format) _sockmark_offer -W "$(_sockmark_formats "$verb")" ;;
    --metric) _sockmark_offer -W "cpu_ns_per_request requests_per_second p50_ns p99_ns pss_loaded_bytes" ;;
    --preset) _sockmark_offer -W "quick standard full gate selfcheck" ;;
    --tool) _sockmark_offer -W "loadgen wrk h2load ab" ;;
    --workload) _sockmark_offer -W "short long rate" ;;
    --server | --servers | --base | --reference) _sockmark_offer -W "$(_sockmark_servers)" ;;
    --resume) _sockmark_offer -W "$(_sockmark_runs)" ;;
    --results) _sockmark_offer -d ;;
    --build) _sockmark_offer -c ;;
    --chart | --experiment | --file | --json | --manifest | --markdown | --models | --output) _sockmark_offer -f ;;
    *)
      if ((COMP_CWORD == 1)); then
        _sockmark_offer -W "$(_sockmark_verbs) -h --help --version"
      elif [[ $word == -* ]]; then
        _sockmark_offer -W "${_sockmark_options[$verb]} -h --help"
      else
        _sockmark_arguments "$verb"
      fi
      ;;
  esac
}

complete -o filenames -F _sockmark sockmark
