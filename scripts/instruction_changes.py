"""Whether servers take more instructions per request than they did: two outputs
of scripts/instructions, the old and the new one."""

import json
import math

MARGIN = 0.01
# What a figure depends on beside its server.
SETTING = ("tool", "close", "requests")


class Unreadable(Exception):
    pass


class NotComparable(Exception):
    pass


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) \
        and math.isfinite(value)


def check(line):
    """What is wrong with a line, or nothing."""
    if not isinstance(line, dict) or not isinstance(line.get("server"), str):
        return "no line of scripts/instructions"
    if line.get("schema_version") != 1:
        return f"schema_version {line.get('schema_version')}, and not 1"
    value, spread = line.get("instructions_per_request"), line.get("spread")
    if value is None and isinstance(line.get("reason"), str):
        return None
    if not is_number(value) or value <= 0 or not is_number(spread):
        return "no instructions_per_request, or no spread"
    return None


def read(file):
    """The lines of a file, by server."""
    try:
        text = file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{file}: {error}") from None
    lines = {}
    for number, source in enumerate(text.splitlines(), 1):
        try:
            line = json.loads(source)
        except json.JSONDecodeError as error:
            raise Unreadable(f"{file}:{number}: {error}") from None
        wrong = check(line)
        if not wrong and line["server"] in lines:
            wrong = f"'{line['server']}' stands twice"
        if wrong:
            raise Unreadable(f"{file}:{number}: {wrong}")
        lines[line["server"]] = line
    if not lines:
        raise Unreadable(f"{file}: empty")
    return lines


def judge(base, new):
    """(finding, what was seen) for a server of the base."""
    was = base["instructions_per_request"]
    if new is None:
        return "regressed", "is gone"
    now = new["instructions_per_request"]
    if now is None:
        return "regressed" if was else "unknown", new["reason"]
    if was is None:
        return "new", f"{now:,.0f}; the base has none: {base['reason']}"
    seen = f"{was:,.0f} -> {now:,.0f} ({now / was - 1:+.2%})"
    if base.get("sha256") and base["sha256"] == new.get("sha256"):
        seen += ", the same program"
    spread = max(base["spread"], new["spread"])
    if spread > MARGIN:
        return "inconclusive", f"{seen}: not the same twice, by {spread:.1%}"
    if abs(now - was) <= MARGIN * was:
        return "same", seen
    return "regressed" if now > was else "improved", seen


def compare(base_file, new_file):
    """Prints a line per server; whether any of them got worse."""
    base, new = read(base_file), read(new_file)
    common = base.keys() & new.keys()
    if not common:
        raise NotComparable(f"{base_file} and {new_file} have no server in "
                            "common")
    for name in sorted(common):
        for key in SETTING:
            if base[name].get(key) != new[name].get(key):
                raise NotComparable(
                    f"{name}: {key} is {base[name].get(key)} in {base_file} "
                    f"and {new[name].get(key)} in {new_file}")
    worse = False
    for name, line in base.items():
        finding, seen = judge(line, new.get(name))
        worse = worse or finding == "regressed"
        print(f"{name:18} {finding:12} {seen}")
    for name in new.keys() - base.keys():
        print(f"{name:18} new")
    return worse
