#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/practice.md says where each line of the practice is: every place that it names exists, and
every built-in milestone and playbook is named.

usage: practice.py TEND SOURCE_ROOT
"""
import pathlib
import re
import subprocess
import sys
import unittest

TEND, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
LINES = {"J": 21, "M": 6, "F": 5, "T": 10, "C": 5}
OF_SECTION = {"J": "tob-annual", "M": "saas-service"}


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def keys(path):
    """The keys of a file's milestones or steps, which stand on lines of their own."""
    return re.findall(r"^  - key: ([a-z0-9-]+)$", text(path), re.M)


STAGES = {"growth": range(1, 10), "maturity": range(10, 17), "renewal": range(17, 20),
    "winback": range(20, 22)}
# milestones of a line that go on in a later stage
LATER = {"sponsor-meeting", "half-year-review", "monthly-review"}


def stages(path):
    return dict(re.findall(r"^  - key: ([a-z0-9-]+)\n    stage: ([a-z]+)$", text(path), re.M))


def top(path):
    return re.findall(r"^([a-z]+):", text(path), re.M)


JOURNEYS = {p.stem: f"data/journeys/{p.name}" for p in (ROOT / "data/journeys").glob("*.yaml")}
PLAYBOOKS = {p.stem: f"data/playbooks/{p.name}" for p in (ROOT / "data/playbooks").glob("*.yaml")}


def is_command(words):
    return subprocess.run([TEND, "help", *words], env={"LC_ALL": "C.UTF-8"}, capture_output=True,
        check=False).returncode == 0


def exists(name, section):
    """Whether what the document calls so is there."""
    kind, _, rest = name.partition(" ")
    if kind == "tend":
        return is_command(rest.split()[:1]) and f"\n{rest}" in listed()
    if kind == "playbook":
        key, _, step = rest.partition("/")
        return key in PLAYBOOKS and (not step or step in keys(PLAYBOOKS[key]))
    if kind == "alert":
        return f'{{"{rest}",' in text("src/core/alert.c")
    if kind == "signal":
        return f"{{key: {rest}," in text("data/signals/default.yaml")
    if "/" in name:
        journey, _, key = name.partition("/")
        return journey in JOURNEYS and key in keys(JOURNEYS[journey])
    if "." in name:
        journey, _, key = name.partition(".")
        return journey in JOURNEYS and key in top(JOURNEYS[journey])
    return section in OF_SECTION and name in keys(JOURNEYS[OF_SECTION[section]])


def listed():
    out = subprocess.run([TEND, "help"], env={"LC_ALL": "C.UTF-8"}, capture_output=True, text=True,
        check=True).stdout
    return "\n" + "\n".join(line.strip() for line in out.splitlines())


class Practice(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = []
        section = None
        for line in text("docs/practice.md").splitlines():
            if line.startswith("## "):
                section = line[3:].partition(":")[0]
            found = re.match(r"\| ([A-Z])(\d+) \| (.+) \| (.+) \| (.+) \|$", line)
            if found:
                cls.rows.append((section, found[1], int(found[2]), found[4], found[5]))

    def test_every_line_of_the_practice_has_one_row_in_order(self):
        self.assertEqual([(r[0], r[1], r[2]) for r in self.rows],
            [(letter, letter, n + 1) for letter, many in LINES.items() for n in range(many)])

    def test_every_place_that_is_named_exists(self):
        for section, letter, number, where, missing in self.rows:
            names = re.findall(r"`([^`]+)`", where)
            self.assertTrue(names, f"{letter}{number} is nowhere")
            self.assertNotIn("`", missing)
            for name in names:
                self.assertTrue(exists(name, section), f"{letter}{number}: {name}")

    def test_the_lines_of_the_contract_are_in_their_stages(self):
        stage = stages(JOURNEYS["tob-annual"])
        for letter, number, where in [r[1:4] for r in self.rows if r[1] == "J"]:
            for key in set(re.findall(r"`([a-z-]+)`", where)) - LATER:
                self.assertIn(number, STAGES[stage[key]], f"{letter}{number}: {key}")

    def test_the_checker_finds_nothing_in_the_built_in_files(self):
        files = sorted(ROOT.glob("data/*/*.yaml"))
        self.assertGreater(len(files), 15)
        done = subprocess.run([TEND, "check", *files], env={"LC_ALL": "C.UTF-8"}, capture_output=True,
            text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn("0 errors, 0 warnings", done.stderr)

    def test_a_place_that_is_not_there_is_noticed(self):
        for name in ("tob-annual/none", "playbook none", "playbook fading/none", "alert none",
                "signal none", "tend none", "tend complaint none", "tob-annual.none", "none"):
            self.assertFalse(exists(name, "J"), name)

    def test_what_alerts_suggest_is_there(self):
        rules = text("src/core/alert.c").partition("tend_alert_rules[] = {")[2].partition("};")[0]
        suggested = re.findall(r'\},\s*"([a-z,-]+)"\}', rules)
        self.assertTrue(suggested)
        for name in ",".join(suggested).split(","):
            self.assertIn(name, PLAYBOOKS)

    def test_every_milestone_and_playbook_is_named(self):
        named = set()
        for section, _, _, where, _ in self.rows:
            for name in re.findall(r"`([^`]+)`", where):
                named.add(f"{OF_SECTION[section]}/{name}"
                    if section in OF_SECTION and re.fullmatch("[a-z-]+", name) else name)
        wanted = {f"{j}/{key}" for j, path in JOURNEYS.items() for key in keys(path)}
        wanted |= {f"playbook {key}" for key in PLAYBOOKS}
        whole = {n.partition("/")[0] if n.startswith("playbook ") else n for n in named}
        self.assertEqual(wanted - whole, set())


if __name__ == "__main__":
    result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Practice))
    sys.exit(not result.wasSuccessful())
