"""Google Benchmark's JSON, and its compare.py."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from strictly import not_here, number, strict


def google_benchmark(text):
    """The layout that json_reporter.cc writes, for all that reads it."""
    data = strict(text)
    context = data["context"]
    for key in ("date", "host_name", "executable", "library_version"):
        assert isinstance(context[key], str), key
    assert context.get("library_build_type", "debug") in ("release", "debug")
    assert context["json_schema_version"] == 1
    assert len(context["load_avg"]) <= 3
    for cache in context["caches"]:
        assert set(cache) == {"type", "level", "size", "num_sharing"}
    for row in data["benchmarks"]:
        assert row["run_type"] == "iteration"
        assert row["run_name"] == row["name"]
        assert 0 <= row["repetition_index"] < row["repetitions"]
        assert row["time_unit"] in ("ns", "us", "ms", "s")
        assert row["threads"] >= 1
        for key, value in row.items():
            assert value is not None, key
            if not isinstance(value, str):
                number(value)
    return data


def compare_py(first, second):
    """Pairs rows as compare.py does, which needs both times of every row."""
    both = [google_benchmark(first), google_benchmark(second)]
    names = list(dict.fromkeys(row["name"] for row in both[0]["benchmarks"]))
    pairs = {}
    for name in names:
        sides = [
            [row for row in data["benchmarks"] if row["name"] == name]
            for data in both
        ]
        if not sides[1]:
            continue
        unit = sides[0][0]["time_unit"]
        sides = [[row for row in side if row["time_unit"] == unit]
                 for side in sides]
        for side in sides:
            assert [row["repetition_index"] for row in side] == list(
                range(len(side))), name
        pairs[name] = [[number(old["real_time"]), number(new["real_time"]),
                        number(old["cpu_time"]), number(new["cpu_time"])]
                       for old, new in zip(*sides)]
    return pairs


def stand_in_for_scipy(folder):
    """What compare.py needs of it and of numpy to start, and for the geometric
    mean of all times."""
    (folder / "numpy.py").write_text(
        "class array(list):\n"
        "    def any(self):\n"
        "        return any(self)\n")
    (folder / "scipy").mkdir()
    (folder / "scipy" / "__init__.py").touch()
    (folder / "scipy" / "stats.py").write_text(
        "import statistics\n"
        "from numpy import array\n"
        "mannwhitneyu = None\n"
        "def gmean(rows):\n"
        "    return array(map(statistics.geometric_mean, zip(*rows)))\n")


def real_compare_py(*texts):
    """Debian's own compare.py, without its test of significance."""
    program = "/usr/share/benchmark/compare.py"
    if not os.path.exists(program):
        not_here(program, "libbenchmark-tools")
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, text in zip(("old", "new"), texts):
            path = pathlib.Path(folder, name + ".json")
            path.write_text(text)
            files.append(str(path))
        stand_in_for_scipy(pathlib.Path(folder))
        report = pathlib.Path(folder, "report.json")
        command = [sys.executable, program, "--no-utest", "--no-color",
                   "-d", str(report), "benchmarks"] + files
        environment = dict(os.environ, PYTHONPATH=folder,
                           PYTHONDONTWRITEBYTECODE="1")
        subprocess.run(command, env=environment, check=True,
                       stdout=subprocess.DEVNULL)
        return {
            row["name"]: [[one["real_time"], one["real_time_other"],
                           one["cpu_time"], one["cpu_time_other"]]
                          for one in row["measurements"]]
            for row in json.loads(report.read_text())
            if row["name"] != "OVERALL_GEOMEAN"
        }
