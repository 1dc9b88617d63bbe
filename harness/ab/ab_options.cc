#include "harness/ab/ab_options.h"

#include "harness/plan/experiment.h"

namespace sockmark {

void add_ab_options(CLI::App& verb, AbOptions& options) {
  constexpr const char* kSide =
      "A git revision, a working tree (.), a build folder or a manifest";
  options.run.preset = "gate";
  verb.add_option("base", options.base, kSide)->required();
  verb.add_option("head", options.head, kSide)->required();
  verb.add_option("--build", options.build,
                  "Builds a revision, or a working tree in its place: sh -c "
                  "COMMAND in its top folder")
      ->type_name("COMMAND");
  verb.add_option("--manifest", options.files.manifest,
                  "Servers of your own: from each side's folder");
  verb.add_option("--models", options.files.models,
                  "A list of servers, from each side's folder "
                  "[build/release/servers/MODELS]");
  verb.add_option("--servers", options.run.servers,
                  "By name; otherwise a manifest's, or epoll_lt")
      ->delimiter(',');
  verb.add_option("--rounds", options.run.rounds,
                  "Pairs per cell; as many again where they leave something "
                  "open [10]")
      ->check(CLI::Range(1, kMostRounds / 2));
  add_load_options(verb, options.run);
  verb.add_flag("--strict", options.strict, "Exit with 4 where inconclusive");
  verb.add_option("--json", options.json, "Write the comparison there")
      ->type_name("FILE");
  verb.add_option("--markdown", options.markdown,
                  "Write its summary there, such as to $GITHUB_STEP_SUMMARY")
      ->type_name("FILE");
}

}  // namespace sockmark
