"""Reading as strictly as the strictest consumer does."""

import json
import math
import sys

NOT_HERE = 77


def not_here(what, package):
    print(f"no {what}: apt-get install {package}", file=sys.stderr)
    sys.exit(NOT_HERE)


def strict(text):
    """JSON without NaN and Infinity, and without a key twice."""

    def refuse(constant):
        raise ValueError(f"{constant} is no JSON")

    def once(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            raise ValueError(f"a key twice: {sorted(keys)}")
        return dict(pairs)

    return json.loads(text, parse_constant=refuse, object_pairs_hook=once)


def number(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is no number")
    if not math.isfinite(value):
        raise ValueError(f"{value} is not finite")
    return value


def against(schema, instance):
    try:
        import jsonschema
    except ImportError:
        not_here("module jsonschema", "python3-jsonschema")
    jsonschema.Draft7Validator(schema).validate(instance)
