#!/usr/bin/env python3
"""The house rules that a machine can check.

usage: house.py SOURCE_ROOT
"""
import pathlib
import re
import sys

FORBIDDEN = r"\b(strtol|strtoul|strtoll|atoi|atol|atof|sprintf|vsprintf|strcpy|strcat|gets|alloca|system|popen|mktemp|tmpnam)\s*\("
SPDX = "/* SPDX-License-Identifier: MIT */"
FUNCTION_MAX, FILE_MAX = 80, 600


def functions(lines):
    """Yields the first line and the length of each function's body: it begins and ends at column 0."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield start, number - start + 1
            start = None


def problems(root):
    folders = [root / "src", root / "include", root / "tests"]
    for path in sorted(p for f in folders for p in f.rglob("*.[ch]")):
        lines = path.read_text(encoding="utf-8").split("\n")
        in_tests = (root / "tests") in path.parents
        if lines[0] != SPDX:
            yield f"{path}:1: the first line is not {SPDX}"
        if len(lines) > FILE_MAX and not in_tests:
            yield f"{path}: {len(lines)} lines; split it (at most {FILE_MAX})"
        for number, line in enumerate(lines, 1):
            if re.search(FORBIDDEN, line) and not in_tests:
                yield f"{path}:{number}: {re.search(FORBIDDEN, line).group(1)}() is not used here"
            if len(line.expandtabs(8)) > 120:
                yield f"{path}:{number}: longer than 120 columns"
        if not in_tests:
            for number, length in functions(lines):
                if length > FUNCTION_MAX:
                    yield f"{path}:{number}: a function of {length} lines; split it"


def main():
    found = list(problems(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
