# Completion of loadgen for bash; needs nothing but bash.
# tests/docs/loadgen_doc_test.cc holds the options against loadgen --help.

_loadgen_options() {
  case $1 in
    burst)
      echo --max-clients --max-conns --hold --timeout --json -h --help
      ;;
    hold)
      echo -c --connections --every -d --duration --rate --timeout --json \
        -h --help
      ;;
    slow)
      echo -c --connections --send-every --read-every -d --duration --json \
        -h --help
      ;;
    *)
      echo -c --connections -t --threads -d --duration -n --requests \
        --warmup --close --timeout --pipeline --message-bytes --engine \
        -R --rate --arrival --seed --max-connections --spin \
        --expect-status --expect-body --slo --json --series --hdr \
        -q --quiet -h --help --version
      ;;
  esac
}

# `word` is the caller's.
_loadgen_offer() {
  mapfile -t COMPREPLY < <(compgen "$@" -- "$word")
}

_loadgen() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local options
  options=$(_loadgen_options "${COMP_WORDS[1]}")
  COMPREPLY=()
  case $before in
    --engine) _loadgen_offer -W "auto epoll uring" ;;
    --arrival) _loadgen_offer -W "constant poisson" ;;
    --spin) _loadgen_offer -W "on off" ;;
    --json | --series | --hdr) _loadgen_offer -f ;;
    *)
      if [[ $word == -* ]]; then
        _loadgen_offer -W "$options"
      elif ((COMP_CWORD == 1)); then
        _loadgen_offer -W "steady burst hold slow"
      fi
      ;;
  esac
}

complete -o filenames -F _loadgen loadgen
