# A thin front: what a person types. The work is in CMake, scripts/ and sockmark.
#
# Variables pass through: make bench SERVERS=poll,epoll_lt ROUNDS=3
# CONNECTIONS=1,64 TOOL=loadgen,wrk DURATION=5s SEED=7 PRECISION=2%
# TIME_BUDGET=10m RUN=<a stored run>
# make truth ENGINE=epoll CLAIMS="late_replies hog"
# make ab BASE=main HEAD=. BUILD=make STRICT=1
SOCKMARK := build/release/bin/sockmark
LOAD_FLAGS := $(if $(SERVERS),--servers $(SERVERS)) \
  $(if $(WORKLOAD),--workload $(WORKLOAD)) \
  $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED)) \
  $(if $(CONNECTIONS),--connections $(CONNECTIONS)) \
  $(if $(DURATION),--duration $(DURATION)) $(if $(WARMUP),--warmup $(WARMUP))
RUN_FLAGS := $(LOAD_FLAGS) $(if $(TOOL),--tool $(TOOL)) \
  $(if $(PRECISION),--precision $(PRECISION)) \
  $(if $(TIME_BUDGET),--time-budget $(TIME_BUDGET))

comma := ,

.PHONY: all test check fuzz fuzz-servers truth bench quick full ab base \
  compare gate selfcheck resume plots table instructions bench-loadgen bench-servers \
  bench-pools bench-idle bench-alike micro kills lint format install clean help \
  deps
.DEFAULT_GOAL := all

all: deps  ## build a release
	@scripts/build release

test: deps  ## run every test
	@scripts/build release --tests
	@ctest --preset release -j3

check: deps  ## formatting, faults, both compilers, sanitizers
	@scripts/deps --check
	@scripts/check

fuzz: deps  ## fuzz Session and all parsers, for TIME=60 seconds each
	@scripts/deps --check
	@scripts/fuzz $(TIME)

fuzz-servers: deps  ## send odd requests to each model for TIME=60 seconds
	@scripts/deps --check
	@scripts/build fuzz --tests replay
	@build/fuzz/tests/fuzz/replay --keep build/fuzz/crashes \
	  $(if $(TIME),--seconds $(TIME)) $(if $(SEED),--seed $(SEED)) $(SERVERS)

truth: deps  ## put what loadgen claims to the test: 2 minutes
	@$(if $(CLAIMS),,scripts/truth-histograms)
	@scripts/truth $(if $(ENGINE),--engine $(ENGINE)) $(CLAIMS)

bench: all  ## measure all models: the standard preset, about 10 minutes
	@$(SOCKMARK) run --preset standard $(RUN_FLAGS)

quick: all  ## measure all models once: a minute
	@$(SOCKMARK) run --preset quick $(RUN_FLAGS)

full: all  ## curves over connections, rates, bodies, idle ones: an hour
	@$(SOCKMARK) run --preset full $(RUN_FLAGS)

ab: base all  ## did HEAD=. get slower than BASE=main? 6 minutes
	@base='$(BASE)'; remote="origin/$$base"; \
	  git rev-parse -q --verify "$$base^{commit}" >/dev/null || \
	  ! git rev-parse -q --verify "$$remote^{commit}" >/dev/null || \
	  base=$$remote; \
	  $(SOCKMARK) ab "$$base" $(or $(HEAD),.) --build '$(or $(BUILD),make)' \
	  $(LOAD_FLAGS) $(if $(STRICT),--strict)

base:
	@test -n "$(BASE)" || { \
	  echo "say what to compare with: BASE=main" >&2; exit 2; }

compare: ab  ## the same

selfcheck: all  ## can that be trusted on this machine? 5 minutes
	@$(SOCKMARK) selfcheck

resume: all  ## go on with the last run that was cut off, or RUN=...
	@$(SOCKMARK) run --resume $(or $(RUN),latest)

table: all  ## print the last run, or RUN=...
	@$(SOCKMARK) table $(RUN)

plots: all  ## draw the last run's charts again, or RUN=...
	@$(SOCKMARK) plot $(RUN)

gate: all  ## is HEAD slower than where it left BASE=main? 6 minutes
	@scripts/gate $(BASE) --build make

instructions: all  ## instructions per request, more than of BASE=? 4 minutes
	@mkdir -p results
	@$(if $(BASE),scripts/instructions-since $(BASE) \
	  $(subst $(comma), ,$(SERVERS)),scripts/instructions \
	  $(subst $(comma), ,$(SERVERS)) >results/instructions.json)

bench-loadgen: deps  ## loadgen against wrk, h2load and ab: 10 minutes
	@scripts/bench-loadgen $(ROUNDS)

bench-servers: all  ## our servers over nginx and a bare loop, paired
	@scripts/bench-servers $(ROUNDS)

micro: all  ## what system calls and hand-offs cost: a minute
	@scripts/micro

bench-pools: all  ## the lock-free ring over the locked queue, paired
	@scripts/bench-pools $(ROUNDS)

bench-alike: all  ## one server against itself, 20 times: 5 minutes
	@scripts/bench-alike

bench-idle: all  ## what idle connections cost the event loops
	@scripts/bench-idle $(ROUNDS)

kills: all  ## kill runs (-9) at random moments, KILLS=200 of them: 5 minutes
	@scripts/kills $(KILLS)

lint: deps  ## all of clang-tidy: a quarter of an hour
	@scripts/deps --check
	@scripts/lint

format:  ## rewrite all sources in the house style
	@scripts/deps --check
	@scripts/format

install: all  ## install under PREFIX, /usr/local unless it is set
	@cmake --install build/release --prefix $(or $(PREFIX),/usr/local)

clean:  ## remove the builds; results stay
	@rm -rf build

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | \
	  awk -F'|' '{printf "  make %-15s %s\n", substr($$1, 3), $$2}'

deps:
	@scripts/deps
