#!/usr/bin/env python3
"""Refuses includes against the arrows: servers and loadgen and the harness
include of each other only lib, and of the harness's folders no two include each
other, by whatever way round."""

import collections
import pathlib
import re
import sys

MAY_INCLUDE = {
    "lib": {"lib"},
    "servers": {"servers", "lib"},
    "loadgen": {"loadgen", "lib"},
    "harness": {"harness", "lib"},
}
INCLUDE = re.compile(r'#include "([\w/]+/[\w.]+)"')


def folder_of(path):
    """The harness's are many; what lies between them (main.cc, version.h)
    stands for itself."""
    parts = pathlib.PurePath(path).parts
    return "/".join(parts[:2]) if parts[0] == "harness" else parts[0]


def includes():
    """Each include: the file that has it, and what it names."""
    for top in MAY_INCLUDE:
        for file in sorted(pathlib.Path(top).rglob("*.[hc]*")):
            for name in INCLUDE.findall(file.read_text()):
                yield str(file), name


def ways_round(arrows):
    """The folders that can be reached from themselves, each with the folders on
    a shortest way round."""
    for start in sorted(arrows):
        reached = {start: None}
        queue = collections.deque([start])
        while queue:
            folder = queue.popleft()
            for target in sorted(arrows[folder]):
                if target == start:
                    way = [folder]
                    while reached[way[-1]]:
                        way.append(reached[way[-1]])
                    yield [*reversed(way), start]
                    queue.clear()
                    break
                if target not in reached:
                    reached[target] = folder
                    queue.append(target)


def main():
    faults = set()
    arrows = collections.defaultdict(dict)
    for file, name in includes():
        top, target = file.split("/")[0], name.split("/")[0]
        if target not in MAY_INCLUDE[top]:
            faults.add(f"{file} includes {name}: {top} must not")
        elif folder_of(file) != folder_of(name):
            arrows[folder_of(file)].setdefault(folder_of(name), file)
    for way in ways_round(arrows):
        steps = [
            f"{there} by {arrows[here][there]}"
            for here, there in zip(way, way[1:])
        ]
        faults.add(f"{way[0]} includes itself: " + ", ".join(steps))
    print("\n".join(sorted(faults)), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
