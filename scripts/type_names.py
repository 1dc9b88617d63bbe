#!/usr/bin/env python3
"""Refuses two types of one name in files that one program may link.

Outside unnamed namespaces such types share their inline members, constructors
and destructors included, and the linker keeps those of one of them without a
word. Only -flto with -Wodr would warn of it, which takes far longer."""

import collections
import pathlib
import re
import sys

# Of lib, loadgen links none of what serves.
PROGRAMS = [["lib", "harness"], ["loadgen"]]
TYPE = re.compile(r"(?:struct|class|union|enum class) (\w+)\b(?!::)[^;]*$")


def types_in(file):
    """The types that a file defines for others to see, with their lines."""
    is_hidden = False
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if line == "namespace {":
            is_hidden = True
        elif line == "}  // namespace":
            is_hidden = False
        elif not is_hidden and (found := TYPE.match(line)):
            yield found[1], f"{file}:{number}"


def main():
    clashes = set()
    for folders in PROGRAMS:
        places = collections.defaultdict(list)
        for folder in folders:
            for file in sorted(pathlib.Path(folder).rglob("*.[hc]*")):
                for name, place in types_in(file):
                    places[name].append(place)
        clashes |= {
            f"two types named {name}: {', '.join(where)}"
            for name, where in places.items()
            if len(where) > 1
        }
    print("\n".join(sorted(clashes)), end="\n" if clashes else "")
    return 1 if clashes else 0


if __name__ == "__main__":
    sys.exit(main())
