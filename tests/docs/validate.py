"""Holds JSON against the project's schemas, by the library jsonschema.

validate.py SCHEMAS CASES: SCHEMAS is the folder of *.schema.json, and each line
of CASES is {"schema": NAME, "instance": ...}. Prints a line for each: "valid",
or what is wrong with it.
"""

import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")  # newer versions have another resolver

import jsonschema  # noqa: E402


def main(folder, cases):
    schemas = {}
    for file in pathlib.Path(folder).glob("*.schema.json"):
        schema = json.loads(file.read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        schemas[schema["$id"]] = schema
    validators = {}
    for name, schema in schemas.items():
        resolver = jsonschema.RefResolver(name, schema, store=schemas)
        validators[name] = jsonschema.Draft202012Validator(
            schema, resolver=resolver)
    for line in pathlib.Path(cases).read_text().splitlines():
        case = json.loads(line)
        validator = validators[case["schema"] + ".schema.json"]
        error = next(validator.iter_errors(case["instance"]), None)
        if error is None:
            print("valid")
        else:
            where = "/".join(str(part) for part in error.absolute_path)
            print(f"{where}: {error.message[:200]!r}")


main(*sys.argv[1:])
