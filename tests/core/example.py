#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes the example of a kind of records out of CONTRIBUTING.md: its file, and its migration.

usage: example.py CONTRIBUTING.md FILE.c MIGRATION.inc
"""
import pathlib
import re
import sys


def main():
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    text = text[text.index("## Adding a kind of records"):]
    kind, migration = re.findall(r"^```c\n(.*?)^```$", text[:text.index("\n## Rules")], re.S | re.M)
    pathlib.Path(sys.argv[2]).write_text(kind, encoding="utf-8")
    pathlib.Path(sys.argv[3]).write_text(migration, encoding="utf-8")


if __name__ == "__main__":
    main()
