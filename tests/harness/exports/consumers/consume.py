"""What other programs make of sockmark's exports.

consume.py CONSUMER FILE...: prints as JSON what CONSUMER takes from the files.
Fails, with a line on stderr, where it would refuse them; exits with 77 if what
it takes to say is not installed. The rules are those of the programs'
documentation and behaviour; where Debian has the program itself, it is asked.
"""

import json
import pathlib
import sys

import google_benchmark as google
import reports
import trackers

CONSUMERS = [
    google.google_benchmark, google.compare_py, google.real_compare_py,
    trackers.bencher_cpp_google, trackers.bencher, trackers.action_googlecpp,
    trackers.action_custom, reports.junit, reports.openmetrics,
    reports.text_collector, reports.tidy_csv
]


def main(name, *files):
    consumer = {one.__name__: one for one in CONSUMERS}[name]
    texts = [pathlib.Path(file).read_bytes().decode() for file in files]
    print(json.dumps(consumer(*texts)))


main(*sys.argv[1:])
