#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The documents name what the program has: each command of src/cli, with the options that it takes, and each key of
the workbench stands in docs/tend.1.scd, the documents call no others, and links between them lead somewhere.

usage: documents.py SOURCE_ROOT
"""
import pathlib
import re
import sys


def commands(root):
    """(noun, verb or "") of each row of the tables in src/cli."""
    for path in sorted((root / "src/cli").glob("cmd_*.c")):
        rows = re.findall(r'^\s*\{"(\w+)", (NULL|"(\w+)"), CLI_NEEDS', path.read_text(encoding="utf-8"), re.M)
        for noun, verb, word in rows:
            yield noun, "" if verb == "NULL" else word


# what each kind of records can be told
KIND_VERBS = ("list", "show", "add", "set", "remove")


def kinds(root):
    """The nouns of the kinds of records, as src/core/kinds describes them, with what their imports are called."""
    for path in sorted((root / "src/core/kinds").glob("*.c")):
        text = path.read_text(encoding="utf-8")
        for noun, plural in re.findall(r'\.noun = "(\w+)",\s*\.plural = "(\w+)"', text):
            yield noun, plural


def options_of(root):
    """The options of each command: (noun, verb or "") to names."""
    named = dict(re.findall(r'\[(OPT_\w+)\] = \{"([\w-]+)"', (root / "src/cli/options.c").read_text(encoding="utf-8")))
    found = {}
    for path in sorted((root / "src/cli").glob("cmd_*.c")):
        text = path.read_text(encoding="utf-8")
        lists = {name: [named[o] for o in re.findall(r"OPT_\w+", body) if o != "OPT_COUNT"] for name, body in
                 re.findall(r"static const enum cli_option_id (\w+)\[\] = \{(.*?)\};", text, re.S)}
        for noun, verb, listed in re.findall(
                r'^\s*\{"(\w+)", (?:NULL|"(\w+)"),\s+CLI_NEEDS\w*,.*?,\s+(\w+),\s+\w+\},$', text, re.M | re.S):
            found[noun, verb] = [] if listed == "NULL" else lists[listed]
    return found


def options(root):
    text = (root / "src/cli/options.c").read_text(encoding="utf-8")
    return sorted(set(re.findall(r'^\s*\[OPT_\w+\] = \{"([\w-]+)"', text, re.M)))


def keys(root):
    """Each key sequence of the workbench, with the help of its action."""
    text = (root / "src/tui/actions.def").read_text(encoding="utf-8")
    for name, sequences, said in re.findall(
            r'^ACTION\(\w+, "([\w-]+)", "([^"]*)".*?N_\("([^"]*)"\)\)$', text, re.M):
        yield name, sequences.split(", "), said


def plain(manual):
    """The manual's text without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[*]|(?<![\w\\])_|_(?!\w)", "", manual)))


def nouns_in(manual):
    """What the manual says of each command: the bold words at the start of a line ("a b"|"c") and what follows."""
    found = {}
    parts = re.split(r"^(?=[*#])", manual, flags=re.M)
    for part in parts:
        line = re.match(r"\*([a-z]+(?: [a-z]+)?(?:\*\|\*[a-z]+)*)\*", part)
        if line:
            first, *others = line.group(1).split("*|*")
            noun, _, verb = first.partition(" ")
            for key in [(noun, verb)] + [(noun, other) for other in others]:
                found[key] = found.get(key, "") + part
    return found


# the options of every list, which the manual explains once
OF_LISTS = ("sort", "limit", "columns", "customer")


def check_manual(root, faults):
    manual = (root / "docs/tend.1.scd").read_text(encoding="utf-8")
    text = plain(manual)
    have = set(commands(root))
    explained = nouns_in(manual)
    for noun, verb in sorted(have):
        if (noun, verb) not in explained:
            faults.append(f"docs/tend.1.scd: says nothing about tend {noun} {verb}".rstrip())
    taken = options_of(root)
    if set(taken) != have:
        faults.append(f"tests/lint/documents.py: cannot read the options of {sorted(have ^ set(taken))}")
    for command, names in sorted(taken.items()):
        for name in names:
            if name not in OF_LISTS and f"--{name}*" not in explained.get(command, f"--{name}*"):
                said = " ".join(command).rstrip()
                faults.append(f"docs/tend.1.scd: says nothing about --{name} of tend {said}")
    part = manual.partition("# OTHER RECORDS")[2].partition("\n# ")[0]
    imports = manual.partition("# IMPORT")[2].partition("\n# ")[0]
    for noun, plural in kinds(root):
        if f"*{noun}*" not in part:
            faults.append(f"docs/tend.1.scd: OTHER RECORDS lacks {noun}")
        if not re.search(rf"\b{plural}\b", imports):
            faults.append(f"docs/tend.1.scd: IMPORT lacks {plural}")
    explainable = have | {(noun, verb) for noun, _ in kinds(root) for verb in KIND_VERBS}
    for noun, verb in sorted(explained):
        known = {n for n, _ in have}
        if noun in known and (noun, verb) not in explainable and verb:
            faults.append(f"docs/tend.1.scd: there is no command tend {noun} {verb}")
    for option in options(root):
        if f"--{option}" not in text:
            faults.append(f"docs/tend.1.scd: says nothing about --{option}")
    part = text.partition("# KEYS")[2].partition("# FILTERS")[0]
    for name, sequences, said in keys(root):
        if said not in part:
            faults.append(f"docs/tend.1.scd: KEYS lacks the action {name}: {said}")
        for sequence in sequences:
            if not re.search(r"(^|[ ,|])" + re.escape(sequence) + r"($|[ ,|])", part):
                faults.append(f"docs/tend.1.scd: KEYS lacks {sequence} ({name})")


def check_rules(root, faults):
    """Each rule of the checker is explained in its manual, and no other."""
    manual = (root / "docs/tend-journey.5.scd").read_text(encoding="utf-8")
    header = (root / "include/tend/rules.h").read_text(encoding="utf-8")
    part = manual.partition("# RULES")[2].partition("\n# ")[0]
    have = set(re.findall(r'#define TEND_RULE_\w+ "([a-z-]+)"', header))
    said = set()
    for heading in re.findall(r"^\*.*\*$", part, re.M):
        said.update(re.findall(r"\*([a-z-]+)\*", heading))
    faults += [f"docs/tend-journey.5.scd: says nothing about the rule {rule}" for rule in sorted(have - said)]
    faults += [f"docs/tend-journey.5.scd: there is no rule {rule}" for rule in sorted(said - have)]


def check_links(root, faults):
    documents = [root / n for n in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    documents += sorted((root / "docs").glob("*.md"))
    for path in documents:
        text = path.read_text(encoding="utf-8")
        targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
        targets += re.findall(r"(?<![\w/$.~-])((?:docs|data|src|script|include|tests|themes|po)/[\w./-]+\w)(?![\w*…])", text)
        for target in targets:
            if not (root / target).exists() and not (path.parent / target).exists():
                faults.append(f"{path.relative_to(root)}: there is no {target}")


def code_lines(text):
    """The lines of the blocks that are shell, or of no language."""
    language = None
    for line in text.split("\n"):
        if line.startswith("```"):
            language = line[3:] if language is None else None
        elif language in ("", "sh"):
            yield line


def check_calls(root, faults):
    """The calls of tend in code of the documents are of commands and options that exist."""
    have, known = set(commands(root)), set(options(root))
    verbs = {noun: set(KIND_VERBS) for noun, _ in kinds(root)}
    for noun, verb in have:
        verbs.setdefault(noun, set()).add(verb)
    documents = [root / "README.md", root / "docs/tend.1.scd"] + sorted((root / "docs").glob("*.md"))
    for path in documents:
        name, text = path.relative_to(root), path.read_text(encoding="utf-8")
        calls = [line.strip() for line in code_lines(text)]
        calls += re.findall(r"`([^`\n]*)`", text)
        for call in (c for c in calls if re.match(r"(tend|script/run) ", c)):
            call = re.sub(r"'[^']*'|\"[^\"]*\"|#.*", "X", call)
            for option in re.findall(r" --([a-z-]+)", call):
                if option not in known:
                    faults.append(f"{name}: there is no --{option}: {call}")
            words = re.sub(r" (-f|--(db|today|lang|size|view)) \S+", "", call).split()[1:]
            words = [w for w in words if not w.startswith("-")]
            if not words or call.startswith("script/run"):
                continue
            if words[0] not in verbs:
                faults.append(f"{name}: there is no command: {call}")
            elif "" not in verbs[words[0]] and len(words) > 1 and words[1] not in verbs[words[0]]:
                faults.append(f"{name}: there is no command: {call}")


def main():
    root = pathlib.Path(sys.argv[1])
    faults = []
    check_manual(root, faults)
    check_rules(root, faults)
    check_links(root, faults)
    check_calls(root, faults)
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
