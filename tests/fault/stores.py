#!/usr/bin/env python3
"""Stores that are none, spoiled, damaged or prepared: a message, quickly, and nothing changed.

usage: stores.py PROGRAM [unittest arguments]
"""
import os
import random
import shutil
import sqlite3
import struct
import time

import program

MUTANTS = int(os.environ.get("TEND_MUTANTS", "300"))
QUICK = 2 * (10 if program.SANITIZED else 1)  # seconds that a hostile store may cost
READS = [["customer", "list", "-f", "json"], ["today"], ["milestone", "list", "-q"], ["history"], ["store", "info"],
         ["screen", "--size", "80x24"], ["alert", "list", "--all", "-f", "csv"], ["usage", "list", "-q"]]


def spoil(path, *statements, pragma=None):
    book = sqlite3.connect(path)
    for statement in statements:
        book.execute(statement)
    book.commit()
    if pragma:
        book.execute(pragma)
    book.close()


def write_schema(path, *statements):
    """Changes the schema's own table, which no honest program does."""
    book = sqlite3.connect(path)
    book.execute("PRAGMA writable_schema = ON")
    for statement in statements:
        book.execute(statement)
    book.commit()
    book.close()


def patch(path, offset, data):
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)


def truncate(path, size):
    os.truncate(path, size)


# How a file becomes hostile: from a good store, in place.
SPOILED = {
    "trigger": lambda p: spoil(p, "CREATE TRIGGER evil AFTER INSERT ON activity BEGIN DELETE FROM customer; END"),
    "trigger on the journal": lambda p: spoil(
        p, "CREATE TRIGGER evil AFTER INSERT ON journal BEGIN DELETE FROM customer; END"),
    "view": lambda p: spoil(p, "CREATE VIEW evil AS SELECT * FROM customer"),
    "view in the place of a table": lambda p: spoil(
        p, "ALTER TABLE setting RENAME TO setting_", "CREATE VIEW setting AS SELECT * FROM setting_"),
    "recursive view": lambda p: spoil(
        p, "ALTER TABLE today_row RENAME TO t_",
        "CREATE VIEW today_row AS WITH RECURSIVE n(row) AS (SELECT 1 UNION ALL SELECT row + 1 FROM n) SELECT * FROM n"),
    "expression index": lambda p: spoil(p, "CREATE INDEX evil ON customer (upper(name))"),
    "table more": lambda p: spoil(p, "CREATE TABLE evil (a)"),
    "table less": lambda p: spoil(p, "DROP TABLE churn"),
    "column more": lambda p: spoil(p, "ALTER TABLE customer ADD COLUMN evil TEXT"),
    "generated column": lambda p: spoil(p, "ALTER TABLE customer ADD COLUMN evil TEXT AS (upper(name))"),
    "schema that does not parse": lambda p: write_schema(
        p, "UPDATE sqlite_master SET sql = 'CREATE TABLE customer (' WHERE name = 'customer'"),
    "schema without a root page": lambda p: write_schema(
        p, "UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'customer'"),
    "newer version": lambda p: spoil(p, pragma="PRAGMA user_version = 999"),
    "negative version": lambda p: spoil(p, pragma="PRAGMA user_version = -1"),
    "another application": lambda p: spoil(p, pragma="PRAGMA application_id = 1"),
    "no application": lambda p: spoil(p, pragma="PRAGMA application_id = 0"),
    "UTF-16 header": lambda p: patch(p, 56, b"\0\0\0\2"),
    "page size 512": lambda p: patch(p, 16, b"\2\0"),
    "page size 0": lambda p: patch(p, 16, b"\0\0"),
    "page size 65536": lambda p: patch(p, 16, b"\0\1"),
    "read version 9": lambda p: patch(p, 18, b"\x09\x09"),
    "reserved space": lambda p: patch(p, 20, b"\xff"),
    "a huge page count": lambda p: patch(p, 28, b"\x7f\xff\xff\xff"),
    "half": lambda p: truncate(p, os.path.getsize(p) // 2),
    "one page": lambda p: truncate(p, 4096),
    "a header alone": lambda p: truncate(p, 100),
    "less than a header": lambda p: truncate(p, 99),
    "16 bytes": lambda p: truncate(p, 16),
    "one byte": lambda p: truncate(p, 1),
    "an odd size": lambda p: truncate(p, os.path.getsize(p) - 777),
    "zeros": lambda p: p.write_bytes(bytes(100000)),
    "text": lambda p: p.write_text("not a store\n" * 1000),
    "the magic alone": lambda p: p.write_bytes(b"SQLite format 3\0"),
    "magic and noise": lambda p: p.write_bytes(b"SQLite format 3\0" + random.Random(1).randbytes(50000)),
    "0 bytes": lambda p: p.write_bytes(b""),
}

# Damage that only a look at every page finds: reading may go well, a check has to say it.
DAMAGED = {
    "two tables on one root page": lambda p: write_schema(
        p, "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'milestone') "
        "WHERE name = 'customer'"),
    "a freelist from nowhere": lambda p: patch(p, 32, b"\0\0\x10\0\0\0\0\x20"),
}


class Stores(program.Case):
    def see(self, path, command, codes):
        """Runs a command on a store that is not one: quick, no crash, a message that names it."""
        begun = time.monotonic()
        done = self.run_tend(*command, db=path)
        took = time.monotonic() - begun
        message = done.stderr.decode()
        self.assertIn(done.returncode, codes, f"{command}: {message[:300]}")
        self.assertLess(took, QUICK, f"{command} took {took:.1f} s")
        if done.returncode:
            self.assertTrue(message.startswith("tend: ") or ": error: " in message, message)
        return done.returncode, message

    def test_spoiled_stores_are_refused_and_stay_as_they_are(self):
        customer = self.keys()[0]
        for name, spoiler in SPOILED.items():
            with self.subTest(name):
                path = self.dir / "spoiled.db"
                shutil.copy(self.db, path)
                spoiler(path)
                before = path.read_bytes()
                for command in (["customer", "list"], ["log", customer, "--kind", "note", "x"], ["store", "check"]):
                    code, message = self.see(path, command, (1, 5) if command[0] == "store" else (5,))
                    self.assertIn("spoiled.db", message)
                self.assertEqual(path.read_bytes(), before)

    def test_damage_that_reading_may_miss_is_found_by_a_check(self):
        for name, spoiler in DAMAGED.items():
            with self.subTest(name):
                path = self.dir / "damaged.db"
                shutil.copy(self.db, path)
                spoiler(path)
                before = path.read_bytes()
                self.see(path, ["customer", "list"], (0, 5))
                code, message = self.see(path, ["store", "check"], (1, 5))
                self.assertIn("damaged.db", message)
                self.see(path, ["store", "backup", self.dir / "copy.db"], (1, 5))
                self.assertFalse((self.dir / "copy.db").exists(), "a backup of damage is no backup")
                self.assertEqual(path.read_bytes(), before)

    def test_other_files_in_the_place_of_a_store_are_refused(self):
        os.mkfifo(self.dir / "fifo")
        (self.dir / "folder").mkdir()
        (self.dir / "dangling").symlink_to(self.dir / "nothing")
        (self.dir / "loop").symlink_to(self.dir / "loop")
        other = self.dir / "other.db"
        spoil(other, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)",
              "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END", "CREATE VIEW v AS SELECT * FROM t")
        before = other.read_bytes()
        for name in ("fifo", "folder", "dangling", "loop", "other.db", "nothing", "other.db/below", "/dev/null",
                     "/dev/zero", "/dev/tty", "/proc/self/mem", "a" * 300, "\x1b[2Jred.db", "postgresql://h/b"):
            for command in (["customer", "list"], ["log", "x", "--kind", "note", "x"], ["store", "check"]):
                with self.subTest(name=name, command=command):
                    message = self.see(name, command, (5,))[1]
                    self.assertNotIn("\x1b", message)
        self.assertEqual(other.read_bytes(), before)
        self.assertFalse((self.dir / "nothing").exists())

    def test_a_store_is_not_made_over_another_file(self):
        before = self.db.read_bytes()
        link = self.dir / "link"
        link.symlink_to(self.dir / "nowhere")
        for path in (self.db, link, self.dir):
            for command in (["init"], ["init", "--sample"], ["generate", "--customers", "2", "--seed", "1"]):
                self.see(path, ["store"] + command, (1, 5))
        self.assertEqual(self.db.read_bytes(), before)
        self.assertFalse((self.dir / "nowhere").exists())

    def test_a_journal_that_is_none_does_no_harm(self):
        customer = self.keys()[0]
        journal = self.dir / "book.db-journal"
        secret = self.dir / "secret"
        secret.write_text("keep me")

        def linked():
            journal.symlink_to(secret)

        def garbage():
            journal.write_bytes(random.Random(3).randbytes(20000))

        def magic():
            journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + random.Random(5).randbytes(20000))

        def pipe():
            os.mkfifo(journal)
        before = self.keys()
        for make in (garbage, magic, linked, pipe, journal.mkdir):
            with self.subTest(make.__name__):
                if journal.is_dir():
                    journal.rmdir()
                journal.unlink(missing_ok=True)
                make()
                for command in (["-q", "customer", "list"], ["log", customer, "--kind", "note", "x"]):
                    self.see(self.db, command, (0, 5))
                self.assertEqual(secret.read_text(), "keep me")
                if journal.is_dir():
                    journal.rmdir()
                journal.unlink(missing_ok=True)
                self.assertEqual(self.keys(), before)
                self.ok("store", "check")

    def test_a_journal_that_names_another_file_does_not_delete_it(self):
        victim = self.dir / "victim"
        victim.write_bytes(b"/no/such/journal\0")
        name = bytes(victim)
        header = bytes.fromhex("d9d505f920a163d7") + struct.pack(">5I", 0, 1, self.db.stat().st_size // 4096, 512, 4096)
        names = struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">II", len(name), sum(name))
        journal = self.dir / "book.db-journal"
        for command in (["customer", "list"], ["store", "check"], ["log", "x", "--kind", "note", "x"],
                        ["store", "backup", self.dir / "copy.db"]):
            journal.write_bytes(header.ljust(512, b"\0") + names + header[:8])
            message = self.see(self.db, command, (5,))[1]
            self.assertIn("book.db-journal", message)
            self.assertTrue(victim.exists(), command)

    def records(self, path):
        """What is no derived state, as far as it can be read."""
        book, result = sqlite3.connect(path), {}
        for table in ("customer", "milestone", "item", "activity", "subscription", "setting", "journal", "journal_row"):
            try:
                result[table] = book.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            except (sqlite3.DatabaseError, OverflowError) as problem:
                result[table] = str(problem)
        book.close()
        return result

    def same_records(self, path, data):
        """A read may bring derived state up to a day that a mutation has moved, and what conditions then do stands in
        entries that can be taken back; nothing else."""
        other = self.dir / "other.db"
        other.write_bytes(data)
        now, before = self.records(path), self.records(other)
        if isinstance(now["journal"], list) and isinstance(before["journal"], list):
            entries = now["journal"][len(before["journal"]):]
            if entries:
                self.assertEqual({entry[4] for entry in entries}, {"evaluate"})
                self.see(path, ["undo", str(len(entries))], (0,))
                now = self.records(path)
                for table in ("journal", "journal_row"):
                    now[table] = now[table][:len(before[table])]
        self.assertEqual(now, before)

    def mutate(self, r, good):
        data = bytearray(good)
        how = r.randrange(5)
        at = r.randrange(len(data)) if r.random() < 0.5 else r.randrange(min(len(data), 20 * 4096))
        if how == 0:
            data[at] ^= 1 << r.randrange(8)
        elif how == 1:
            n = r.choice([1, 2, 4, 64, 4096])
            data[at:at + n] = r.randbytes(len(data[at:at + n]))
        elif how == 2:
            data[at:at + 8] = b"\xff" * len(data[at:at + 8])
        elif how == 3:
            a, b = (4096 * r.randrange(len(data) // 4096) for _ in range(2))
            data[a:a + 4096], data[b:b + 4096] = data[b:b + 4096], data[a:a + 4096]
        else:
            del data[r.randrange(len(data)):]
        return bytes(data)

    def test_mutated_stores_neither_crash_nor_hang_nor_change_by_reading(self):
        r, good, counts = random.Random(11), self.db.read_bytes(), {}
        customer, path = self.keys()[0], self.dir / "mutant.db"
        for i in range(MUTANTS):
            data = self.mutate(r, good)
            path.write_bytes(data)
            command = READS[i % len(READS)]
            with self.subTest(mutant=i, command=command):
                code = self.see(path, command, (0, 5))[0]
                counts[code] = counts.get(code, 0) + 1
                if path.read_bytes() != data:
                    self.same_records(path, data)
                if i % 3 == 0:
                    self.see(path, ["store", "check"], (0, 1, 5))
                elif i % 3 == 1:
                    self.see(path, ["log", customer, "--kind", "note", "x"], (0, 1, 3, 4, 5))
        print(f"mutants: {counts}")

    def test_a_value_of_many_megabytes_stays_within_the_limits(self):
        spoil(self.db, "UPDATE customer SET name = printf('%.*c', 60000000, 'x') WHERE id = 1")
        before = self.db.stat().st_size
        for command in (["customer", "list"], ["screen", "--size", "80x24"], ["today"]):
            begun = time.monotonic()
            child = self.start(*command)
            message = child.stderr.read().decode()[:200]
            status, usage = os.wait4(child.pid, 0)[1:]
            child.stderr.close()
            child.returncode = os.waitstatus_to_exitcode(status)
            self.assertIn(child.returncode, (0, 5), message)
            self.assertLess(time.monotonic() - begun, QUICK * 2)
            if not program.SANITIZED:
                self.assertLess(usage.ru_maxrss, 600 * 1024, command)
        self.assertEqual(self.db.stat().st_size, before)


program.main()
