#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tend capacity against the same figures, counted here from the lists of milestones and customers; and what it says of a
version that is not applied against what it says once that is.

usage: capacity.py TEND SOURCE_ROOT
"""
import collections
import datetime
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

TODAY = datetime.date(2026, 9, 16)
WEEKS = 20
HOURS = {"li": 20, "emma": 0}
ALL = 35


class Book:
    def __init__(self, tend, root, folder):
        self.tend, self.root, self.folder = tend, root, folder
        self.store = folder / "book.db"
        shutil.copyfile(root / "sample.db", self.store)
        os.chmod(self.store, 0o600)
        self.config = folder / "config" / "tend"
        self.config.mkdir(parents=True)
        self.env = dict(os.environ, XDG_CONFIG_HOME=str(folder / "config"), LC_ALL="C.UTF-8")

    def run(self, *words):
        done = subprocess.run([self.tend, "--db", self.store, "--today", TODAY.isoformat(), *words],
                              env=self.env, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(words)}: {done.returncode}: {done.stderr}")
        return done

    def read(self, *words):
        return json.loads(self.run(*words, "-f", "json").stdout)


def days_of(text, name):
    return {datetime.date.fromisoformat(d) for d in
            re.findall(r"\d{4}-\d\d-\d\d", re.search(name + r":(.*?)(\n\w|\Z)", text, re.S).group(1))}


def workdays(root, monday):
    text = (root / "data/calendars/cn.yaml").read_text(encoding="utf-8")
    off, on = days_of(text, "holidays"), days_of(text, "workdays")
    week = [monday + datetime.timedelta(i) for i in range(7)]
    return sum((d.weekday() < 5 and d not in off) or d in on for d in week)


def medians(book, journeys):
    """The median effort of each journey, from its text."""
    found = {}
    for name in journeys:
        efforts = [int(n) * (60 if unit == "h" else 1)
                   for n, unit in re.findall(r"\beffort: (\d+)(h|m)", book.run("journey", "show", name).stdout)]
        found[name] = int(statistics.median(efforts)) if efforts else 0
    return found


def expected(book):
    customers = {c["key"]: c for c in book.read("customer", "list")}
    at_work = {k: c for k, c in customers.items() if c["status"] not in ("churned", "pooled")}
    median = medians(book, {c["journey"] for c in customers.values() if c["journey"]})
    first = TODAY - datetime.timedelta(TODAY.weekday())
    hours, late = collections.Counter(), collections.Counter()
    owners = {c["owner"] for c in at_work.values() if c["owner"]}
    for m in book.read("milestone", "list"):
        c = customers[m["customer"]] if m["playbook"] else at_work.get(m["customer"])
        if c is None or m["state"] in ("done", "skipped"):
            continue
        due = datetime.date.fromisoformat(m["due"])
        if m["effort"] is None and m["playbook"]:
            sys.exit(f"{m['key']} says no effort: the medians of playbooks are not counted here")
        effort = m["effort"] if m["effort"] is not None else median.get(c["journey"], 0)
        week = max(first, due - datetime.timedelta(due.weekday()))
        if week >= first + datetime.timedelta(7 * WEEKS):
            continue
        owners.add(m["owner"])
        hours[m["owner"], week] += effort / 60
        late[m["owner"], week] += effort / 60 if due < TODAY else 0
    rows = []
    for owner in sorted(owners, key=lambda o: (o is None, o or "")):
        for i in range(WEEKS):
            week = first + datetime.timedelta(7 * i)
            there = HOURS.get(owner, ALL) * workdays(book.root, week) / 5 if owner else None
            load = hours[owner, week] / there if there else None
            rows.append((owner, week.isoformat(), hours[owner, week], late[owner, week], there, load))
    return rows


def what_if(book):
    """Another effort, other dates, one milestone less and one more."""
    text = book.run("journey", "show", "tob-annual").stdout
    changed = re.sub(r"^version: .*$", "version: 7", text, flags=re.M).replace("effort: 2h", "effort: 5h")
    changed = changed.replace("renewal - 2 months", "renewal - 10 weeks").replace("effort: 90m", "")
    changed = changed.replace("- key: manual\n", "- key: manual-of-another-name\n")
    path = book.folder / "changed.yaml"
    path.write_text(changed, encoding="utf-8")
    before = book.read("capacity", "--weeks", "60")
    imagined = book.read("capacity", "--weeks", "60", "--template", str(path))
    if before == imagined:
        sys.exit("another version makes no difference")
    if before != book.read("capacity", "--weeks", "60"):
        sys.exit("asking what would be changed what is")
    book.run("journey", "apply", str(path), "--all")
    applied = book.read("capacity", "--weeks", "60")
    if len(imagined) != len(applied):
        sys.exit(f"{len(imagined)} rows imagined, {len(applied)} applied")
    for i, a in zip(imagined, applied):
        if not all(near(i[k], a[k]) for k in a):
            sys.exit(f"imagined {i}, applied {a}")


def near(a, b):
    return a == b if a is None or b is None or isinstance(a, str) else abs(a - b) < 1e-5


def main():
    root = pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        book = Book(os.path.abspath(sys.argv[1]), root, pathlib.Path(folder))
        owners = ", ".join(f"{k}: {v}" for k, v in HOURS.items())
        (book.config / "team.yaml").write_text(
            f"config: team\ncapacity: {{hours: {ALL}, calendar: cn, owners: {{{owners}}}}}\n", encoding="utf-8")
        book.run("milestone", "add", book.read("customer", "list")[0]["key"],
                 "own", "Of its own", "--due", "2026-10-30")
        want = expected(book)
        got = [tuple(r[k] for k in ("owner", "week", "hours", "overdue_hours", "available", "load"))
               for r in book.read("capacity", "--weeks", str(WEEKS))]
        if len(want) != len(got):
            sys.exit(f"{len(got)} rows, {len(want)} expected")
        for w, g in zip(want, got):
            if not all(near(a, b) for a, b in zip(w, g)):
                sys.exit(f"{g}, expected {w}")
        if len({r[4] for r in want if r[0] == "wang"}) < 3:
            sys.exit("no holidays in these weeks: the test shows nothing about them")
        one = book.read("capacity", "--weeks", str(WEEKS), "--owner", "wang")
        if [r["hours"] for r in one] != [g[2] for g in got if g[0] == "wang"]:
            sys.exit("--owner gives other hours")
        what_if(book)
        print(f"{len(got)} rows, no difference")


main()
