"""What scripts/lint refuses without a compiler, in sources made up for it."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"


def said_of(script, sources):
    """The exit status and the lines of a script, of {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in sources.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        done = subprocess.run(
            [sys.executable, SCRIPTS / script],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    return done.returncode, done.stdout.splitlines()


class Arrows(unittest.TestCase):
    def refused(self, sources):
        status, lines = said_of("include_arrows.py", sources)
        self.assertEqual(status, 1 if lines else 0)
        return lines

    def test_point_from_the_harness_to_lib_and_downwards(self):
        self.assertEqual(
            self.refused(
                {
                    "lib/fd.h": "",
                    "harness/main.cc": '#include "harness/top/a.h"\n',
                    "harness/top/a.h": '#include "harness/low/b.h"\n',
                    "harness/low/b.h": '#include "lib/fd.h"\n#include <x.h>\n'
                    '#include "harness/version.h"\n',
                }
            ),
            [],
        )

    def test_must_not_go_round(self):
        lines = self.refused(
            {
                "harness/a/one.h": '#include "harness/b/two.h"\n',
                "harness/b/two.cc": '#include "harness/c/three.h"\n',
                "harness/c/three.h": '#include "harness/a/four.h"\n',
            }
        )
        self.assertEqual(len(lines), 3)
        self.assertEqual(
            lines[0],
            "harness/a includes itself: harness/b by harness/a/one.h, "
            "harness/c by harness/b/two.cc, harness/a by harness/c/three.h",
        )

    def test_must_not_leave_their_programs(self):
        self.assertEqual(
            self.refused({"lib/fd.h": '#include "harness/a/one.h"\n'}),
            ["lib/fd.h includes harness/a/one.h: lib must not"],
        )


class TypeNames(unittest.TestCase):
    def test_are_of_one_type_each(self):
        source = "struct Pair {\n};\n"
        hidden = "namespace {\nstruct Pair {\n};\n}  // namespace\n"
        self.assertEqual(
            said_of(
                "type_names.py",
                {"harness/a/x.cc": hidden, "harness/b/y.h": source},
            ),
            (0, []),
        )
        self.assertEqual(
            said_of(
                "type_names.py",
                {"harness/a/x.cc": source, "lib/y.h": source},
            ),
            (1, ["two types named Pair: lib/y.h:1, harness/a/x.cc:1"]),
        )


if __name__ == "__main__":
    unittest.main()
