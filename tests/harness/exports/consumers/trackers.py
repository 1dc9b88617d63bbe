"""Bencher and github-action-benchmark."""

import re

from strictly import against, number, strict

LONGEST_BENCHER_NAME = 1024  # bytes
LONGEST_BENCHER_SLUG = 64


def bencher_cpp_google(text):
    """One bad row fails the whole file; of equal names the last one counts."""
    data = strict(text)
    for cache in data["context"]["caches"]:
        assert isinstance(cache, dict)
    scale = {"ps": 1e-3, "ns": 1, "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9}
    latencies = {}
    for row in data["benchmarks"]:
        name = bencher_name(row["name"])
        latencies[name] = number(row["real_time"]) * scale[row["time_unit"]]
    assert latencies, "no benchmark at all is an error"
    return latencies


def bencher_name(name):
    assert isinstance(name, str) and name
    assert len(name.encode()) <= LONGEST_BENCHER_NAME, "too long a name"
    assert not re.search("(_bencher_ignore|BencherIgnore|-bencher-ignore)$",
                         name), "alerts would be suppressed"
    return name


def bencher(text):
    """The `json` adapter: BMF version 0."""
    data = strict(text)
    value = {"type": "number"}
    against({
        "type": "object",
        "patternProperties": {".+": {
            "type": "object",
            "patternProperties": {".+": {
                "type": "object",
                "properties": {"value": value, "lower_value": value,
                               "upper_value": value},
                "required": ["value"],
                "additionalProperties": False}}}},
    }, data)
    assert data
    for name, measures in data.items():
        bencher_name(name)
        for slug, metric in measures.items():
            assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug), slug
            assert len(slug) <= LONGEST_BENCHER_SLUG
            for one in metric.values():
                number(one)
            low = metric.get("lower_value", metric["value"])
            high = metric.get("upper_value", metric["value"])
            assert low <= metric["value"] <= high
    return data


def action_googlecpp(text):
    """github-action-benchmark's tool `googlecpp`: every row becomes a series,
    and of series of one name only the first is compared."""
    series = []
    for row in strict(text)["benchmarks"]:
        series.append({
            "name": row["name"],
            "value": number(row["real_time"]),
            "unit": row["time_unit"] + "/iter",
            "extra": f"iterations: {row.get('iterations')}\n"
                     f"cpu: {row.get('cpu_time')} {row['time_unit']}\n"
                     f"threads: {row['threads']}"})
    names = [one["name"] for one in series]
    assert len(set(names)) == len(names), "a series twice"
    return series


def action_custom(text):
    """Its tools customBiggerIsBetter and customSmallerIsBetter."""
    data = strict(text)
    words = {"type": "string", "minLength": 1}
    against({"type": "array", "items": {
        "type": "object",
        "properties": {"name": words, "unit": words, "range": words,
                       "extra": words, "value": {"type": "number"}},
        "required": ["name", "value", "unit"],
        "additionalProperties": False}}, data)
    series = {}
    for one in data:
        assert one["name"] not in series, "a series twice"
        number(one["value"])
        if "range" in one:
            # What it does not recognise is shown, but not scaled.
            found = re.search(r"(\+-|±)\s*(\d.+)", one["range"])
            one["range"] = float(found[2])
        series[one["name"]] = one
    return series
