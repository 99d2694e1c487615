#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The schemas in data/schema against the readers: both take every file of ours, and say the same of thousands of files
in which something was changed. What only a reader can know (references, sums, conditions) is left to it.

usage: schemas.py PROGRAM SOURCE_ROOT [CASES [SEED]]
"""
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

# the rules that are about the shape of a file
SHAPE = {"syntax", "kind", "unknown-key", "missing-key", "type"}

# --- a validator for the part of JSON Schema that they use ---

KNOWN = {"$schema", "title", "description", "definitions", "type", "properties", "required", "additionalProperties",
         "items", "enum", "pattern", "minLength", "minItems", "minimum", "maximum", "anyOf", "allOf", "oneOf", "if",
         "then", "else", "$ref"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if name in ("number", "integer"):
        return number and (name == "number" or float(value).is_integer())
    return isinstance(value, TYPES[name])


def equal(a, b):
    return type(a) is type(b) and a == b


def valid(schema, value, root):
    """Whether the value is as the schema says."""
    if isinstance(schema, bool):
        return schema
    unknown = set(schema) - KNOWN
    assert not unknown, f"the validator does not know {unknown}"
    if "$ref" in schema:
        return valid(root["definitions"][schema["$ref"].rsplit("/", 1)[1]], value, root)
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_type(value, t) for t in types):
        return False
    if "enum" in schema and not any(equal(value, v) for v in schema["enum"]):
        return False
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), value):
            return False
    if is_type(value, "number"):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            return False
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            return False
        if not all(valid(schema.get("items", True), item, root) for item in value):
            return False
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        if any(name not in value for name in schema.get("required", [])):
            return False
        rest = schema.get("additionalProperties", True)
        if not all(valid(properties.get(name, rest), item, root) for name, item in value.items()):
            return False
    if "if" in schema and not valid(schema["then" if valid(schema["if"], value, root) else "else"], value, root):
        return False
    hits = {key: sum(valid(s, value, root) for s in schema[key]) for key in ("anyOf", "allOf", "oneOf") if key in schema}
    return hits.get("anyOf", 1) >= 1 and hits.get("oneOf", 1) == 1 and hits.get("allOf", 0) == len(schema.get("allOf", []))


def test_validator():
    cases = [({"type": "integer", "minimum": 1}, [1, 2.0], [0, "1", True, 1.5]),
             ({"enum": [True, "yes"]}, [True, "yes"], [1, "no", None]),
             ({"type": ["string", "null"], "pattern": "^a"}, ["ab", None], ["b", 1]),
             ({"properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False},
              [{"a": "x"}, []], [{}, {"a": 1}, {"a": "x", "b": 1}]),
             ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, [{"a": 1}], [{}, {"a": 1, "b": 1}]),
             ({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": False}, [{"a": 1, "b": 1}], [{}, {"a": 1}]),
             ({"type": "array", "items": {"type": "string"}, "minItems": 1}, [["a"]], [[], [1], "a"])]
    for schema, good, bad in cases:
        assert all(valid(schema, v, {}) for v in good) and not any(valid(schema, v, {}) for v in bad), schema


# --- trees: as the program prints them, as JSON, as YAML ---

def as_json(node):
    """What an editor sees: plain scalars by the core schema of YAML 1.2."""
    kind, *rest = node
    if kind == "s":
        return [as_json(item) for item in rest]
    if kind == "m":
        return {key[1] if key[0] in "pq" else json.dumps(key): as_json(value) for key, value in zip(rest[::2], rest[1::2])}
    text = rest[0]
    if kind == "q":
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def as_yaml(node, indent=0):
    kind, *rest = node
    blanks = "  " * indent
    if kind == "p":
        return rest[0]
    if kind == "q":
        return json.dumps(rest[0], ensure_ascii=False)
    if not rest:
        return "[]" if kind == "s" else "{}"
    if kind == "s":
        return "".join(f"\n{blanks}- {as_yaml(item, indent + 1).lstrip()}" for item in rest)
    lines = (f"{blanks}{as_yaml(key)}: {as_yaml(value, indent + 1)}" for key, value in zip(rest[::2], rest[1::2]))
    return "\n" + "\n".join(lines)


WORDS = ["", "~", "yes", "3", "-1", "1.5", "soon", "7 days", "0 days", "3 monts", "start", "start + 3", "begin + 1 day",
         "milestone.a + 1 week", "2h", "2 hours", "30%", "high", "2026-01-31", "a b", "red", "keep", "true"]
STRINGS = ["", "x", "5", "a b", "7 days"]


def odd_value(rng):
    return rng.choice([
        lambda: ["p", rng.choice(WORDS)], lambda: ["q", rng.choice(STRINGS)], lambda: ["s"], lambda: ["m"],
        lambda: ["s", ["p", rng.choice(WORDS)]], lambda: ["m", ["p", "en"], ["p", "x"]],
        lambda: ["m", ["p", "key"], ["p", "x"]]])()


def places(node, found):
    if node[0] in "sm":
        found.append(node)
        for child in node[1:]:
            places(child, found)
    return found


def mutate(rng, tree):
    """One change somewhere; the first key stays what it is, since it says the kind."""
    node = rng.choice(places(tree, []))
    if node[0] == "s":
        what = rng.random()
        if what < 0.3 or len(node) == 1:
            node.append(odd_value(rng))
        elif what < 0.5:
            del node[rng.randrange(1, len(node))]
        else:
            node[rng.randrange(1, len(node))] = odd_value(rng)
        return
    first = 1 if node is tree else 0
    pairs = (len(node) - 1) // 2
    if rng.random() < 0.2 or pairs <= first:
        node += [["p", rng.choice(["x", "title", "key", "when", "extends", "version", "id", "zh", "drop", "until"])], odd_value(rng)]
        return
    at = 1 + 2 * rng.randrange(first, pairs)
    what = rng.random()
    if what < 0.25:
        del node[at:at + 2]
    elif what < 0.4 and node[at][0] == "p" and node[at][1]:
        node[at] = ["p", node[at][1][:-1] + rng.choice("xyz")]
    else:
        node[at + 1] = odd_value(rng)


def duplicate_keys(node):
    if node[0] == "m":
        keys = [str(k[1]) for k in node[1::2] if len(k) > 1]
        if len(keys) != len(set(keys)):
            return True
    return node[0] in "sm" and any(duplicate_keys(child) for child in node[1:])


def run(program, bases, texts):
    sent = b"".join(f"{len(t.encode())}\n".encode() + t.encode() for t in texts)
    ran = subprocess.run([program, bases], input=sent, capture_output=True, check=True)
    answers = [json.loads(line) for line in ran.stdout.decode().splitlines()]
    assert len(answers) == len(texts), f"{len(answers)} answers to {len(texts)} files"
    return answers


def main():
    program, root = sys.argv[1], pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 6000
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 20260131)
    test_validator()
    folder = root / "data/schema"
    schemas = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    with tempfile.TemporaryDirectory() as again:
        subprocess.run([sys.executable, root / "script/make-schema", again], check=True)
        for kind in schemas:
            assert (folder / f"{kind}.json").read_bytes() == (pathlib.Path(again) / f"{kind}.json").read_bytes(), \
                f"data/schema/{kind}.json is not what script/make-schema writes"
    paths = sorted((root / "data").rglob("*.yaml")) + sorted((root / "themes").glob("*.yaml"))
    paths += sorted((root / "tests/yaml/valid").glob("*.yaml"))
    with tempfile.TemporaryDirectory() as bases:
        for path in (root / "data/journeys").glob("*.yaml"):
            (pathlib.Path(bases) / path.name).write_bytes(path.read_bytes())
        (pathlib.Path(bases) / "whole.yaml").write_bytes((root / "tests/yaml/valid/journey.yaml").read_bytes())
        texts = [path.read_text(encoding="utf-8") for path in paths]
        originals = []
        for path, text, (errors, tree) in zip(paths, texts, run(program, bases, texts)):
            assert not errors, f"{path}: {errors}"
            kind = tree[1][1]
            assert valid(schemas[kind], as_json(tree), schemas[kind]), f"{path}: its schema refuses it"
            originals.append(tree)
        missing = set(schemas) - {tree[1][1] for tree in originals}
        assert not missing, f"no valid file of {missing}"
        compare(program, bases, schemas, mutants(rng, originals, count))


def mutants(rng, originals, count):
    found = []
    by_kind = {}
    for tree in originals:
        by_kind.setdefault(tree[1][1], []).append(tree)
    while len(found) < count:
        tree = json.loads(json.dumps(rng.choice(by_kind[rng.choice(sorted(by_kind))])))
        for _ in range(rng.choice([1, 1, 1, 2])):
            mutate(rng, tree)
        if not duplicate_keys(tree):
            found.append(as_yaml(tree).lstrip())
    return found


def compare(program, bases, schemas, texts):
    refused = 0
    for text, (errors, tree) in zip(texts, run(program, bases, texts)):
        if tree is None:
            sys.exit(f"{text}\nnot readable: {errors}")
        # to an editor a plain yes is a text like any other
        shape = [e for e in errors if e[0] in SHAPE and not re.search("(yes|no): put it in quotes$", e[1])]
        kind = tree[1][1]
        fits = valid(schemas[kind], as_json(tree), schemas[kind])
        refused += bool(shape)
        variant = kind == "journey" and "extends" in as_json(tree)
        # of a variant, only its base can tell what is missing
        differ = (not fits and not errors) if variant else fits != (not shape)
        if differ:
            sys.exit(f"{text}\n--- the schema {'takes' if fits else 'refuses'} it; the reader: {errors}")
    print(f"{len(texts)} changed files, {refused} refused, all as their schemas say")


main()
