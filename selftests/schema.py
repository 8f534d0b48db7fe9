#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""schema.py SCHEMA FILE...: is each line of the files JSON that fits the schema?

Stricter than the schema: a key that it does not name is refused as well, so that
none is forgotten there. Exit status: 0 yes, 1 no, 4 python3-jsonschema is not
here.
"""
import json
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(4)


def forbid_others(schema):
    """No object has keys that its schema does not name."""
    if isinstance(schema, list):
        for part in schema:
            forbid_others(part)
    if not isinstance(schema, dict):
        return
    if "required" in schema:
        schema["additionalProperties"] = False
    for part in schema.values():
        forbid_others(part)


def complaints(validator, name):
    with open(name, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            for error in validator.iter_errors(json.loads(line)):
                where = "/".join(str(part) for part in error.absolute_path)
                yield f"{name}:{number}: {where}: {error.message[:200]}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    forbid_others(schema)
    # what the schemas use means the same in draft 7, which older versions know
    kind = getattr(jsonschema, "Draft202012Validator",
                   jsonschema.Draft7Validator)
    kind.check_schema(schema)
    found = [text for name in sys.argv[2:]
             for text in complaints(kind(schema), name)]
    print("\n".join(found[:20]), end="\n" if found else "")
    sys.exit(bool(found))


main()
