#!/usr/bin/env python3
"""Files: who may read what the program makes, disks that are full, streams that are closed.

usage: places.py PROGRAM [unittest arguments]
"""
import ctypes
import os
import pathlib
import resource
import shutil
import stat
import subprocess
import threading

import program
import session


class Watch(threading.Thread):
    """Notes the modes of all that ever appears below a folder."""

    def __init__(self, folder):
        super().__init__()
        self.folder, self.seen, self.stop = folder, {}, threading.Event()

    def run(self):
        while not self.stop.wait(0.001):
            self.look()

    def look(self):
        for root, folders, files in os.walk(self.folder):
            for name in folders + files:
                path = os.path.join(root, name)
                try:
                    self.seen.setdefault(path, set()).add(os.lstat(path).st_mode)
                except FileNotFoundError:
                    pass

    def finish(self):
        self.stop.set()
        self.join()
        self.look()
        return self.seen


class Modes(program.Case):
    customers = 0

    def run_all(self, umask, home):
        """Whatever makes files, once, below `home`."""
        store, default = ["--db", home / "a" / "b" / "book.db"], []
        commands = [
            (0, store, "store", "generate", "--customers", "3", "--seed", "1"),
            (0, default, "store", "init"),
            (0, default, "customer", "add", "acme", "Acme", "--started", "2026-01-01", "--journey", "tob-annual"),
            (0, ["--db", home / "sample.db"], "store", "init", "--sample"),
            (0, store, "log", "c000001", "--kind", "note", "text"),
            (0, store, "undo"),
            (0, store, "import", "activities", home / "rows.csv", "--partial"),
            (0, store, "store", "backup", home / "copy.db"),
            (0, store, "store", "restore", home / "copy.db"),
        ]
        for kind in ("md", "html", "csv", "json"):
            commands.append((0, store, "renewal", "prepare", "c000001", "--format", kind, "--out", home / "out" / kind))
        for code, where, *args in commands:
            done = subprocess.run([program.PROGRAM] + [str(a) for a in where + args], umask=umask, cwd=home,
                                  env=program.environment(home), capture_output=True, timeout=program.SLOW)
            self.assertEqual(done.returncode, code, f"umask {umask:03o}: {args}: {done.stderr.decode()}")

    def test_nothing_that_the_program_makes_is_open_to_others(self):
        for umask in (0o000, 0o022, 0o077):
            with self.subTest(umask=f"{umask:03o}"):
                home = self.dir / f"home-{umask:03o}"
                home.mkdir()
                (home / "rows.csv").touch(0o600)
                (home / "rows.csv").write_text(
                    "customer,date,kind,text\nc000001,2026-01-02,note,good\nnobody,2026-01-02,note,bad\n")
                watch = Watch(home)
                watch.start()
                try:
                    self.run_all(umask, home)
                finally:
                    seen = watch.finish()
                for path, modes in seen.items():
                    for mode in modes:
                        self.assertEqual(stat.S_IMODE(mode) & 0o077, 0, f"{path} is {stat.S_IMODE(mode):04o}")
                names = {os.path.basename(p) for p in seen}
                for name in ("book.db", "book.db-journal", "tend.db", "sample.db", "copy.db", "rows.csv.rejected.csv",
                             "c000001-renewal.md", "c000001-renewal.html"):
                    self.assertIn(name, names)
                leftovers = [n for n in os.listdir(home) if ".new-" in n]
                self.assertEqual(leftovers, [])


class Small:
    """A file system of so many KiB; needs root."""

    def __init__(self, folder, kib):
        self.folder, self.kib = folder, kib
        self.libc = ctypes.CDLL(None, use_errno=True)

    def __enter__(self):
        self.folder.mkdir(exist_ok=True)
        if self.libc.mount(b"tmpfs", bytes(self.folder), b"tmpfs", 0, f"size={self.kib}k,mode=0700".encode()) != 0:
            raise PermissionError(ctypes.get_errno(), "mount")
        return self.folder

    def __exit__(self, *_):
        self.libc.umount2(bytes(self.folder), 2)


class Disk(session.TerminalCase):
    customers = 0
    SIZES = list(range(64, 1024, 64))

    def small(self, kib):
        return Small(self.dir / f"disk-{kib}", kib)

    def fill_until_it_fails(self, db):
        """Logs longer and longer texts; returns those that were acknowledged and the last message."""
        said = []
        for i in range(60):
            text = f"id-{i} " + "x" * (400 * i)
            done = self.run_tend("log", "acme", "--kind", "note", text, db=db)
            if done.returncode != 0:
                return said, done
            said.append(text)
        return said, None

    def try_size(self, folder):
        db = folder / "book.db"
        made = self.run_tend("store", "init", db=db)
        if made.returncode != 0:
            self.assertIn("book.db", made.stderr.decode())
            self.assertEqual(made.returncode, 1)
            self.assertEqual(os.listdir(folder), [], "a store that could not be made leaves nothing")
            return "no store"
        added = self.run_tend("customer", "add", "acme", "Acme", "--started", "2026-01-01", db=db)
        if added.returncode != 0:
            self.assertIn("book.db", added.stderr.decode())
            self.assertEqual(self.rows("customer", "list", db=db), [])
            return "no customer"
        said, failed = self.fill_until_it_fails(db)
        self.assertIsNotNone(failed, "the disk did not fill")
        message = failed.stderr.decode()
        self.assertEqual(failed.returncode, 1, message)
        self.assertIn("book.db", message)
        self.assertIn("full", message)
        found = [a["text"] for a in self.rows("activity", "list", "acme", db=db)]
        self.assertEqual(sorted(found), sorted(said))
        self.ok("store", "check", db=db)
        self.check_other_files(folder, db)
        return "filled"

    def check_other_files(self, folder, db):
        filler = folder / "filler"
        try:
            with open(filler, "wb", buffering=0) as file:
                while file.write(bytes(1024)):
                    pass
        except OSError:
            pass
        for command, target in ((["store", "backup", folder / "copy.db"], folder / "copy.db"),
                                (["renewal", "prepare", "acme", "--format", "html", "--out", folder],
                                 folder / "acme-renewal.html")):
            done = self.run_tend(*command, db=db)
            self.assertEqual(done.returncode, 1, done.stderr.decode())
            self.assertIn(target.name, done.stderr.decode())
            self.assertFalse(target.exists())
        self.assertEqual(set(os.listdir(folder)) - {"filler"}, {"book.db", "book.db-journal"})
        filler.unlink(missing_ok=True)
        self.ok("store", "check", db=db)

    def test_a_full_disk_loses_nothing_that_was_acknowledged(self):
        seen = {}
        for kib in self.SIZES:
            try:
                with self.small(kib) as folder, self.subTest(kib=kib):
                    result = self.try_size(folder)
                    seen[result] = seen.get(result, 0) + 1
            except PermissionError as problem:
                self.skipTest(f"cannot mount a small file system: {problem}")
        print(f"disks: {seen}")

    def test_the_workbench_keeps_a_text_that_a_full_disk_refused(self):
        try:
            with self.small(700) as folder:
                self.db = folder / "book.db"
                self.ok("store", "init")
                self.ok("customer", "add", "acme", "Acme", "--started", "2026-01-01")
                filler = folder / "filler"
                try:
                    with open(filler, "wb", buffering=0) as file:
                        while file.write(bytes(4096)):
                            pass
                except OSError:
                    pass
                s = self.begin()
                s.keys("g", "p", "l")
                s.send("precious text " * 250 + session.SAVE)
                s.wait_for(rb"disk is full")
                s.rest()
                filler.unlink()
                s.send(session.SAVE)
                s.wait_for(rb"activity added")
                self.assertEqual([a["text"].count("precious") for a in self.rows("activity", "list")], [250])
                s.close()
        except PermissionError as problem:
            self.skipTest(f"cannot mount a small file system: {problem}")

    def test_a_limit_of_the_file_size_loses_nothing_either(self):
        self.ok("store", "init")
        self.ok("customer", "add", "acme", "Acme", "--started", "2026-01-01")
        limit = self.db.stat().st_size + 30000
        said, failed = [], 0
        for i in range(12):
            text = f"id-{i} " + "y" * 5000
            done = subprocess.run(
                self.argv("log", "acme", "--kind", "note", text), capture_output=True, timeout=program.SLOW,
                env=program.environment(self.dir), restore_signals=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            if done.returncode == 0:
                said.append(text)
            else:
                failed += 1
                self.assertIn(done.returncode, (1, 5), done.stderr)
                self.assertIn("book.db", done.stderr.decode())
        self.assertGreater(failed, 0)
        self.assertGreater(len(said), 0)
        self.assertEqual(sorted(a["text"] for a in self.rows("activity", "list", "acme")), sorted(said))
        self.ok("store", "check")

    def test_output_that_cannot_be_written_is_said(self):
        self.ok("store", "init", "--sample")
        for command in (["customer", "list"], ["--help"], ["store", "info", "-f", "json"], ["screen"]):
            with self.subTest(command), open("/dev/full", "wb") as full:
                done = subprocess.run(self.argv(*command), stdout=full, stderr=subprocess.PIPE, timeout=program.SLOW,
                                      env=program.environment(self.dir))
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("cannot write", done.stderr.decode())

    def test_closed_streams_do_no_harm(self):
        self.ok("store", "init", "--sample")
        for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
            script = f'"$@" {closed}; exit $?'
            for command in (["customer", "list"], ["log", "acme", "--kind", "note", "x"]):
                done = subprocess.run(["sh", "-c", script, "sh"] + self.argv(*command), capture_output=True,
                                      timeout=program.SLOW, env=program.environment(self.dir))
                self.assertIn(done.returncode, (0, 1, 4), (closed, command, done))
                self.ok("store", "check")


program.main()
