#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes customers of random journeys to random next versions, in a store, by commands.

What is planned is what is done; whatever was done or edited before is there after it; a second time there is
nothing to do; undo gives the tables as they were, row for row, and redo as they became. The templates are those of
tests/core/oracle_upgrade.py, which compares the planning itself.

usage: upgrades.py TEND ORACLE [COUNT]
"""
import importlib.util
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

TEND, ORACLE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 12
CUSTOMERS = 5
TABLES = ["milestone", "item", "enrollment", "journey_template"]


def oracle():
    spec = importlib.util.spec_from_file_location("oracle_upgrade", ORACLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def title(o):
    parts = [f"{lang}: {quoted(o['title_' + lang])}" for lang in ("en", "zh") if o["title_" + lang]]
    return "{" + ", ".join(parts) + "}"


def item(o):
    return "{id: " + o["id"] + ", " + title(o)[1:] if "id" in o else title(o)


def yaml(t, version):
    lines = ["journey: j", f"version: {version}", "title: J", "term: 6 months", "stages:"]
    lines += [f"  - {{key: {s['key']}, from: {s['from']}}}" for s in t["stages"]]
    lines.append("milestones:")
    for m in t["milestones"]:
        lines += [f"  - key: {m['key']}", f"    stage: {m['stage']}", f"    title: {title(m)}", f"    due: {m['due']}",
                  f"    required: {'yes' if m['required'] else 'no'}", f"    visible: {'yes' if m['visible'] else 'no'}"]
        if m.get("was"):
            lines.append(f"    was: {m['was']}")
        if m["effort"] >= 0:
            lines.append(f"    effort: {m['effort']}m")
        if m["after"]:
            lines.append(f"    after: [{', '.join(m['after'])}]")
        if m["when"]:
            lines.append(f"    when: segment == {quoted(m['when'])}")
        if m["items"]:
            lines.append(f"    items: [{', '.join(map(item, m['items']))}]")
        if m["repeat"]:
            until = f", until: {m['repeat']['until']}" if m["repeat"].get("until") else ""
            lines.append(f"    repeat: {{every: {m['repeat']['every']} days{until}}}")
    return "\n".join(lines) + "\n"


class Book:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.db = self.folder / "book.db"
        self.env = dict(os.environ, HOME=folder, XDG_CONFIG_HOME=f"{folder}/config", TEND_TODAY="2026-05-01", USER="li",
                        LC_ALL="C.UTF-8")
        self.env.pop("TEND_DB", None)

    def run(self, *words, status=0):
        done = subprocess.run([TEND, "--db", self.db, *words], env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == status, f"tend {' '.join(words)}: exit {done.returncode}\n{done.stderr}"
        return done.stdout

    def rows(self, *words):
        return json.loads(self.run(*words, "-f", "json"))

    def tables(self):
        db = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        found = {t: sorted(db.execute(f"SELECT * FROM {t}").fetchall(), key=repr) for t in TABLES}
        db.close()
        return found

    def live(self, r, customer):
        """What happens to a customer's plan in a while."""
        for row in self.rows("milestone", "list", customer):
            name = f"{row['key']}#{row['occurrence']}"
            pick = r.random()
            if pick < 0.25:
                self.run("done", customer, name)
            elif pick < 0.3:
                self.run("milestone", "skip", customer, name)
            elif pick < 0.4:
                self.run("milestone", r.choice(["start", "block"]), customer, name)
            elif pick < 0.5:
                self.run("milestone", "set", customer, name, f"due=2026-0{r.randrange(4, 9)}-1{r.randrange(10)}")
            elif pick < 0.57:
                self.run("milestone", "set", customer, name, r.choice(["title=Ours", "required=no", "visible=yes"]))
            elif pick < 0.7 and row["items"]:
                self.run("milestone", "check", customer, name, "1")
        if r.random() < 0.5:
            self.run("milestone", "add", customer, "own", "Own", "--due", "2026-05-20")


def promises(before, after):
    """What a step may never do to the milestones of the book."""
    now = {row["id"]: row for row in after}
    for row in before:
        new = now.get(row["id"])
        if row["state"] in ("done", "skipped") or row["origin"] == "added":
            assert new and dict(new, key="") == dict(row, key=""), f"a closed or own row changed: {row} {new}"
        if row["state"] in ("doing", "blocked") or row["origin"] == "edited" or row["ticked"]:
            assert new, f"a touched row went: {row}"
        if new:
            assert new["state"] == row["state"] and new["ticked"] >= row["ticked"], f"work was lost: {row} {new}"
            if row["due"] != row["template_due"] and row["template_due"] is not None:
                assert new["due"] == row["due"], f"a date was lost: {row} {new}"
            if row["title_en"] == "Ours":
                assert new["title_en"] == "Ours", f"a title was lost: {row} {new}"


def milestones(book):
    db = sqlite3.connect(f"file:{book.db}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    found = [dict(row) for row in db.execute(
        "SELECT m.id, m.customer_id, m.key, m.occurrence, m.state, m.done_on, m.due, m.template_due, m.title_en, m.origin, "
        "(SELECT coalesce(sum(i.done), 0) FROM item i WHERE i.milestone_id = m.id) AS ticked FROM milestone m")]
    db.close()
    return found


def fits(book, lines):
    """Every line of the plan is what the lists show now."""
    there = {(m["customer"], m["key"], m["occurrence"]): m for m in book.rows("milestone", "list")}
    for line in lines:
        row = there.get((line["customer"], line["key"], line["occurrence"]))
        if line["action"] == "retired":
            assert row is None, f"not retired: {line}"
        else:
            assert row is not None, f"not there: {line}"
            if line["action"] in ("added", "moved"):
                assert row["due"] == line["due_after"], f"not on its day: {line} {row}"


def case(r, made):
    with tempfile.TemporaryDirectory() as folder:
        book = Book(folder)
        book.run("store", "init")
        then = made.template(r)
        now = made.change(r, then)
        for version, t in ((1, then), (2, now)):
            (book.folder / f"{version}.yaml").write_text(yaml(t, version), encoding="utf-8")
            book.run("check", str(book.folder / f"{version}.yaml"))
        book.run("journey", "publish", str(book.folder / "1.yaml"))
        for i in range(CUSTOMERS):
            key = f"c{i}"
            book.run("customer", "add", key, key, "--started", f"2026-0{r.randrange(1, 5)}-0{r.randrange(1, 10)}", "--term",
                     "6m", "--segment", r.choice("abc"), "--journey", "j@1")
            book.live(r, key)
        before, rows = book.tables(), milestones(book)
        lines = book.rows("journey", "plan", str(book.folder / "2.yaml"))
        book.run("-n", "journey", "apply", str(book.folder / "2.yaml"), "--all")
        assert book.tables() == before, "planning changed something"
        book.run("journey", "apply", str(book.folder / "2.yaml"), "--all")
        after = book.tables()
        promises(rows, milestones(book))
        fits(book, lines)
        entries = len(book.rows("history"))
        assert book.rows("journey", "plan", "j") == [], "there is still something to do"
        book.run("journey", "apply", "j", "--all")
        assert len(book.rows("history")) == entries and book.tables() == after, "a second time changed something"
        book.run("undo")
        assert book.tables() == before, "undo left something"
        book.run("redo")
        assert book.tables() == after, "redo left something"
        book.run("store", "check")
        return len(lines)


def usage(book_folder):
    """What is wrong is said, and nothing is done."""
    book = Book(book_folder)
    book.run("store", "init")
    book.run("customer", "add", "acme", "Acme", "--started", "2026-03-01", "--journey", "tob-annual")
    book.run("journey", "apply", "tob-annual", status=2)
    book.run("journey", "apply", "tob-annual", "acme", "--all", status=2)
    book.run("journey", "apply", "tob-annual@99", "--all", status=4)
    book.run("journey", "apply", "saas-service", "acme", status=1)
    book.run("journey", "plan", "tob-annual", "nobody", status=4)
    book.run("journey", "diff", "tob-annual", "tob-anual", status=4)
    (book.folder / "bad.yaml").write_text("journey: x\nversion: 1\n", encoding="utf-8")
    book.run("journey", "plan", str(book.folder / "bad.yaml"), status=3)
    assert book.run("journey", "plan", "tob-annual", "acme") == ""
    assert book.rows("journey", "plan", "tob-annual") == []
    moved = book.rows("-n", "customer", "set", "acme", "started=2026-03-08")
    assert {row["action"] for row in moved} == {"moved"} and len(moved) > 20, moved
    assert book.rows("customer", "show", "acme")["started"] == "2026-03-01"


def main():
    made = oracle()
    r = random.Random(20262)
    lines = sum(case(r, made) for _ in range(COUNT))
    with tempfile.TemporaryDirectory() as folder:
        usage(folder)
    print(f"{COUNT} steps of {CUSTOMERS} customers, {lines} lines of plans")
    assert lines > COUNT * CUSTOMERS


main()
