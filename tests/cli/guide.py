#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Does what docs/journeys.md shows, from its first line to its last, and compares.

A `yaml` block whose first line is a comment with a file's name is written under that name; of a
`console` block each line after `$ ` is run in one folder, and what stands below it is what it has
to print. A line with `…` alone stands for any lines. Other blocks are not run.

usage: guide.py TEND GUIDE
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TEND, GUIDE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
REST = "…"  # any lines


def blocks(text):
    """The line, language and lines of each fenced block."""
    inside = None
    for number, line in enumerate(text.splitlines(), 1):
        if inside is None and line.startswith("```"):
            inside = (number, line[3:].strip(), [])
        elif inside is not None and line == "```":
            yield inside
            inside = None
        elif inside is not None:
            inside[2].append(line)
    assert inside is None, f"the block of line {inside[0]} does not end"


def commands(number, lines):
    """The line, command and expected lines of each command of a block."""
    found = []
    for offset, line in enumerate(lines, 1):
        if line.startswith("$ "):
            found.append((number + offset, line[2:], []))
        else:
            assert found, f"line {number + offset}: no command above"
            found[-1][2].append(line)
    return found


def fits(expected, printed):
    """Whether the printed lines are the expected ones; REST stands for any."""
    if not expected:
        return not printed
    if expected[0] == REST:
        return any(fits(expected[1:], printed[i:]) for i in range(len(printed) + 1))
    return bool(printed) and printed[0] == expected[0] and fits(expected[1:], printed[1:])


class Guide:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "bin").mkdir()
        (self.folder / "bin/tend").symlink_to(TEND)
        self.work = self.folder / "work"
        self.work.mkdir()
        self.env = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "HOME": folder, "USER": "li",
            "XDG_CONFIG_HOME": f"{folder}/.config", "XDG_DATA_HOME": folder, "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": "1769850000"}

    def run(self, number, command, expected):
        name = re.fullmatch(r"export ((?:[A-Z_]+=\S+ ?)+)", command)
        if name:
            self.env.update(word.split("=", 1) for word in name[1].split())
            printed = []
        else:
            done = subprocess.run(["bash", "-c", command], cwd=self.work, env=self.env,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            printed = [line.rstrip() for line in done.stdout.splitlines()]
        if fits(expected, printed):
            return True
        print(f"{GUIDE.name}:{number}: $ {command}\n--- the guide shows", *expected,
            "--- it prints", *printed, "", sep="\n")
        return False


def main():
    good, ran, files = True, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        guide = Guide(folder)
        for number, language, lines in blocks(GUIDE.read_text(encoding="utf-8")):
            named = re.fullmatch(r"# ([a-z0-9-]+\.yaml)", lines[0]) if lines else None
            if language == "yaml" and named:
                (guide.work / named[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")
                files += 1
            for command in commands(number, lines) if language == "console" else ():
                good = guide.run(*command) and good
                ran += 1
    assert ran >= 10 and files >= 2, f"{ran} commands, {files} files"
    sys.exit(not good)


main()
