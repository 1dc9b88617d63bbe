"""JUnit's XML, OpenMetrics, CSV."""

import csv
import math
import xml.etree.ElementTree

from strictly import not_here, number


def junit(text):
    """Counts that are right, cases that are told apart, elements in place."""
    root = xml.etree.ElementTree.fromstring(text.encode())
    assert root.tag == "testsuites"
    cases = []
    seen = set()
    for suite in root:
        assert suite.tag == "testsuite" and suite.get("name")
        own = suite.findall("testcase")
        for outcome, attribute in (("failure", "failures"),
                                   ("skipped", "skipped")):
            count = sum(case.find(outcome) is not None for case in own)
            assert int(suite.get(attribute)) == count, attribute
        assert int(suite.get("tests")) == len(own)
        assert int(suite.get("errors")) == 0
        float(suite.get("time"))
        for case in own:
            cases.append(junit_case(case))
            key = (case.get("classname"), case.get("name"))
            assert all(key) and key not in seen, key
            seen.add(key)
    for attribute in ("tests", "failures", "skipped"):
        assert int(root.get(attribute)) == sum(
            int(suite.get(attribute)) for suite in root), attribute
    return cases


def junit_case(case):
    order = ["properties", "skipped", "failure", "system-out"]
    tags = [child.tag for child in case]
    assert tags == sorted(tags, key=order.index), tags
    assert len(set(tags)) == len(tags) and not {"skipped", "failure"} <= set(
        tags)
    told = {"suite": "", "classname": case.get("classname"),
            "name": case.get("name"), "outcome": "passed", "message": "",
            "output": case.findtext("system-out", ""), "properties": {}}
    if case.get("time") is not None:
        told["time"] = float(case.get("time"))
    for outcome in ("failure", "skipped"):
        found = case.find(outcome)
        if found is not None:
            told["outcome"] = outcome
            told["message"] = found.get("message")
            assert outcome == "skipped" or found.get("type")
    for one in case.iterfind("properties/property"):
        assert one.get("name") not in told["properties"]
        told["properties"][one.get("name")] = one.get("value")
    return told


def openmetrics(text):
    """The parser of Prometheus' client library, which is strict."""
    try:
        from prometheus_client.openmetrics import parser
    except ImportError:
        not_here("module prometheus_client", "python3-prometheus-client")
    samples = []
    seen = set()
    for family in parser.text_string_to_metric_families(text):
        assert family.documentation, family.name
        for sample in family.samples:
            key = (sample.name, tuple(sorted(sample.labels.items())))
            assert key not in seen, key
            seen.add(key)
            samples.append({"family": family.name, "type": family.type,
                            "unit": family.unit, "labels": sample.labels,
                            "value": number(sample.value)})
    return samples


def text_collector(text):
    """node_exporter's text files, which are of Prometheus' older format: lines
    that begin with # are comments but for TYPE and HELP."""
    try:
        from prometheus_client import parser
    except ImportError:
        not_here("module prometheus_client", "python3-prometheus-client")
    return [sample.name
            for family in parser.text_string_to_metric_families(text)
            for sample in family.samples]


def tidy_csv(text):
    """Every row has all fields, and no trial has a figure twice."""
    rows = list(csv.DictReader(text.splitlines(keepends=True), strict=True))
    seen = set()
    for row in rows:
        assert None not in row and None not in row.values(), row
        key = (row["trial"], row["attempt"], row["metric"])
        assert key not in seen, key
        seen.add(key)
        assert row["unit"] and math.isfinite(float(row["value"])), row
    return rows
