#!/usr/bin/env python3
"""Several programs on one store: nobody is turned away, nothing is lost, and a lock that stays has a name.

usage: writers.py PROGRAM [unittest arguments]
"""
import os
import sqlite3
import threading
import time

import program

WRITERS, EACH = 4, int(os.environ.get("TEND_LOGS", "100"))


class Writers(program.Case):
    def write(self, writer, acknowledged, problems):
        for i in range(EACH):
            text = f"w{writer}-{i}"
            done = self.run_tend("log", self.customer, "--kind", "note", text)
            if done.returncode == 0:
                acknowledged.append(text)
            else:
                problems.append(done.stderr.decode())

    def repeat(self, stop, problems, counts, name, pause, *args):
        while not stop.wait(pause):
            command = [a.format(counts[name]) for a in args]
            done = self.run_tend(*command)
            counts[name] += 1
            if done.returncode != 0:
                problems.append(f"{command}: {done.stderr.decode()}")
            elif name == "reads" and len(done.stdout.split()) != self.customers:
                problems.append(f"a reader saw {done.stdout!r}")

    def test_four_writers_a_reader_and_backups_never_see_busy(self):
        self.customer = self.keys()[0]
        acknowledged, problems, stop = [], [], threading.Event()
        counts = {"reads": 0, "backups": 0}
        loops = [("reads", 0.02, "-q", "customer", "list"),
                 ("backups", 0.5, "store", "backup", str(self.dir / "copy-{}.db"))]
        others = [threading.Thread(target=self.repeat, args=(stop, problems, counts) + loop) for loop in loops]
        writers = [threading.Thread(target=self.write, args=(w, acknowledged, problems)) for w in range(WRITERS)]
        for thread in others + writers:
            thread.start()
        for thread in writers:
            thread.join()
        stop.set()
        for thread in others:
            thread.join()
        self.assertEqual(problems, [])
        found = [a["text"] for a in self.rows("activity", "list", self.customer) if a["text"].startswith("w")]
        self.assertEqual(sorted(found), sorted(acknowledged))
        self.assertEqual(len(found), WRITERS * EACH)
        self.assertEqual(len(self.rows("history")), WRITERS * EACH)
        self.ok("store", "check")
        self.assertGreater(counts["backups"], 0)
        for i in range(counts["backups"]):
            self.ok("store", "check", db=self.dir / f"copy-{i}.db")
        print(f"writers: {len(found)} rows, {counts['reads']} reads, {counts['backups']} backups")

    def test_a_lock_that_stays_ends_in_a_message_that_names_the_store_and_the_holder(self):
        customer = self.keys()[0]
        book = sqlite3.connect(self.db, isolation_level=None)
        book.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        done = self.run_tend("log", customer, "--kind", "note", "waits")
        took = time.monotonic() - begun
        message = done.stderr.decode()
        self.assertEqual(done.returncode, 5, message)
        self.assertIn("book.db", message)
        self.assertIn(f"process {os.getpid()}", message)
        self.assertGreater(took, 4)
        self.assertLess(took, 12)
        self.assertEqual(len(self.keys()), self.customers, "a reader has to get through")
        book.execute("ROLLBACK")
        self.ok("log", customer, "--kind", "note", "now")
        self.assertEqual([a["text"] for a in self.rows("activity", "list", customer, "text == \"waits\"")], [])
        print(f"lock: given up after {took:.1f} s")

    def test_a_writer_waits_for_a_lock_that_goes_away(self):
        customer = self.keys()[0]
        book = sqlite3.connect(self.db, isolation_level=None)
        book.execute("BEGIN EXCLUSIVE")
        child = self.start("log", customer, "--kind", "note", "waits")
        time.sleep(1)
        self.assertIsNone(child.poll(), "it has to wait")
        book.execute("COMMIT")
        message = child.communicate(timeout=program.SLOW)[1]
        self.assertEqual(child.returncode, 0, message)


program.main()
