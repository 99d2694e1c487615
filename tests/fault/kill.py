#!/usr/bin/env python3
"""What was acknowledged survives SIGKILL, and what was not is whole or not there.

usage: kill.py PROGRAM [unittest arguments]
"""
import os
import random
import sqlite3
import time

import program

KILLS = int(os.environ.get("TEND_KILLS", "300"))
IMPORT_ROWS = 40


class Model:
    """What the store has to hold: the state now, those that undo goes back to and redo forward to."""

    def __init__(self, state):
        self.state, self.past, self.future = state, [], []

    def after(self, kind, change=None):
        if kind == "undo":
            return self.past[-1]
        if kind == "redo":
            return self.future[-1]
        texts, owner = self.state
        return (texts | change, owner) if kind != "owner" else (texts, change)

    def apply(self, kind, change=None):
        new = self.after(kind, change)
        if kind == "undo":
            self.future.append(self.state)
            self.past.pop()
        elif kind == "redo":
            self.past.append(self.state)
            self.future.pop()
        else:
            self.past.append(self.state)
            self.future.clear()
        self.state = new


class Kill(program.Case):
    def setUp(self):
        super().setUp()
        self.random = random.Random(4)
        self.journal = self.dir / "book.db-journal"
        self.customer = self.keys()[0]
        self.number = 0
        self.model = Model(self.observe())
        self.counts = dict(kills=0, hot=0, acknowledged=0, unsaid=0, done_before=0)

    def observe(self):
        """The state as the file has it, read without the program."""
        book = sqlite3.connect(self.db)
        texts = frozenset(t for t, in book.execute("SELECT text FROM activity WHERE text LIKE 'id-%'"))
        owner, = book.execute("SELECT owner FROM customer WHERE key = ?", (self.customer,)).fetchone()
        book.close()
        return texts, owner

    def next_change(self):
        """The kind of a change, what it brings, and the command for it."""
        kinds = ["log"] * 4 + ["owner", "import", "import"]
        kinds += ["undo", "undo"] if self.model.past else []
        kinds += ["redo", "redo"] if self.model.future else []
        kind = self.random.choice(kinds)
        self.number += 1
        if kind == "log":
            text = f"id-{self.number}"
            return kind, frozenset([text]), ["log", self.customer, "--kind", "note", text]
        if kind == "owner":
            owner = f"owner-{self.number}"
            return kind, owner, ["customer", "set", self.customer, f"owner={owner}"]
        if kind == "import":
            texts = [f"id-{self.number}-{i}" for i in range(IMPORT_ROWS)]
            file = self.dir / "rows.csv"
            rows = [f"{self.customer},2026-03-02,note,{text}" for text in texts]
            file.write_text("\n".join(["customer,date,kind,text"] + rows) + "\n")
            return kind, frozenset(texts), ["import", "activities", str(file)]
        return kind, None, [kind]

    def wait_to_kill(self, child, begun, longest):
        """Waits for the moment `begun` (None: now), then up to `longest` seconds more."""
        while begun and child.poll() is None and not begun():
            time.sleep(0.0001)
        time.sleep(self.random.choice([0, self.random.uniform(0, longest)]))

    def is_hot(self):
        try:
            return self.journal.stat().st_size > 0
        except FileNotFoundError:
            return False

    def kill_one(self, round_number):
        """A third of the kills come 2 to 30 ms after the start, the others from the open transaction on."""
        kind, change, command = self.next_change()
        before, after = self.model.state, self.model.after(kind, change)
        child = self.start(*command)
        if round_number % 3 == 0:
            time.sleep(self.random.uniform(0.002, 0.030))
        else:
            self.wait_to_kill(child, self.is_hot, 0.006 if round_number % 3 == 1 else 0.030)
        child.kill()
        message = child.communicate()[1].decode()
        self.counts["kills"] += child.returncode == -9
        self.assertIn(child.returncode, (0, -9), message)
        self.counts["hot"] += self.is_hot()
        self.ok("store", "check")
        found = self.observe()
        if child.returncode == 0:
            self.counts["done_before"] += 1
            self.assertEqual(found, after, f"{command} was acknowledged and is lost")
        else:
            self.assertIn(found, (before, after), f"{command} is there in part")
        if found == after:
            self.counts["unsaid"] += child.returncode != 0
            self.model.apply(kind, change)

    def change_one(self):
        kind, change, command = self.next_change()
        self.ok(*command)
        self.model.apply(kind, change)
        self.counts["acknowledged"] += 1

    def test_acknowledged_changes_survive_kills_and_others_are_whole_or_absent(self):
        rounds = 0
        while self.counts["kills"] < KILLS:
            rounds += 1
            self.assertLess(rounds, 3 * KILLS, f"the program is gone before it can be killed: {self.counts}")
            if self.random.random() < 0.4:
                self.change_one()
            self.kill_one(rounds)
        listed = {a["text"] for a in self.rows("activity", "list", self.customer) if a["text"].startswith("id-")}
        self.assertEqual(listed, self.model.state[0])
        print("kill:", ", ".join(f"{v} {k}" for k, v in self.counts.items()))
        self.assertGreater(self.counts["hot"], KILLS // 10, "too few kills hit an open transaction")

    def test_everything_can_still_be_undone_after_kills(self):
        for i in range(9):
            self.kill_one(i)
        while self.model.past:
            self.ok("undo")
            self.model.apply("undo")
            self.assertEqual(self.observe(), self.model.state)

    def kill_writer(self, folder, *command, longest=0.010):
        """Kills a program once it has made something in the folder, and returns its exit status."""
        folder.mkdir()
        child = self.start(*command)
        self.wait_to_kill(child, lambda: os.listdir(folder), longest)
        child.kill()
        child.communicate()
        return child.returncode

    def test_an_export_is_whole_or_absent(self):
        name = f"{self.customer}-renewal.md"
        self.ok("renewal", "prepare", self.customer, "--format", "md", "--out", self.dir / "whole")
        reference = (self.dir / "whole" / name).read_bytes()
        written = 0
        for i in range(30):
            out = self.dir / f"out-{i}"
            code = self.kill_writer(out, "renewal", "prepare", self.customer, "--format", "md", "--out", out)
            self.assertTrue((out / name).exists() or code != 0)
            if (out / name).exists():
                written += 1
                self.assertEqual((out / name).read_bytes(), reference)
        self.ok("store", "check")
        print(f"exports: {written} of 30 written before the kill")

    def test_a_backup_is_whole_or_absent(self):
        written = 0
        for i in range(20):
            out = self.dir / f"out-{i}"
            code = self.kill_writer(out, "store", "backup", out / "copy.db", longest=0.12)
            self.assertTrue((out / "copy.db").exists() or code != 0)
            if (out / "copy.db").exists():
                written += 1
                self.assertEqual(len(self.ok("-q", "customer", "list", db=out / "copy.db").split()), self.customers)
                self.ok("store", "check", db=out / "copy.db")
        print(f"backups: {written} of 20 written before the kill")

    def test_a_store_appears_whole_or_not_at_all(self):
        for i in range(20):
            out = self.dir / f"out-{i}"
            code = self.kill_writer(out, "--db", out / "new.db", "store", "init")
            self.assertTrue((out / "new.db").exists() or code != 0)
            if (out / "new.db").exists():
                self.ok("store", "check", db=out / "new.db")


program.main()
