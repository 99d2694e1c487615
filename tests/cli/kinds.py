#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every kind of records, from what the program says about it alone, checked from outside on the built program.

`tend kind list` and `tend kind show` name the kinds and their fields; the values that are given follow from the
types. So a kind that is added is covered here without a line of its own.

usage: kinds.py PROGRAM [unittest arguments]
"""
import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
TODAY = "2026-03-16"
FORMATS = ["table", "json", "csv", "tsv", "md"]
# Texts in a language of their own; all others are free.
TEXTS = {"filter": ("arr > 0", "arr > 1"), "sort": ("-arr", "name"), "columns": ("key,name", "key,arr")}
# Minutes that go with the days which dates get: the second is a day and a bit.
NUMBERS = {"first_response": (4, 1450)}
# What nothing on a terminal may have: controls but newlines, and what hides or turns text.
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# A joiner within an emoji is part of it.
JOINED = re.compile("(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])")
HOSTILE = [
    ("formula", "=HYPERLINK(\"http://x\")"),
    ("guarded", "'=1+1"),
    ("full-width", "＝1+1"),
    ("command", "-r"),
    ("at", "@SUM(1)"),
    ("bidi", "ev\u202eil\u2066"),
    ("hidden", "a\u200bb\ufeffc"),
    ("escape", "\x1b[31mred\x1b]0;t\x07"),
    ("control", "a\x01b\x7f"),
    ("c1", "a\u009b31mb"),
    ("emoji", "👩‍👩‍👧‍👦 ❤️ 🇨🇳"),
    ("quotes", "a\"b,c;d'e|f\\g<b>&amp;*x*_y_`z`"),
    ("blanks", "  a  b  "),
    ("only blanks", "   "),
    ("null word", "null"),
    ("slashes", "../../etc/passwd"),
    ("equals", "a=b=c"),
]


def samples(field, refers):
    """Two values for a field, as they are typed and as JSON shows them: [(typed, shown), (typed, shown)]."""
    kind, most = field["type"], field["max"]
    if field["refers"]:
        keys = refers[field["refers"]]
        return [(keys[0], keys[0]), (keys[1], keys[1])]
    if field["field"] in TEXTS and kind in ("text", "filter"):
        return [(t, t) for t in TEXTS[field["field"]]]
    if kind == "word":
        words = (field["values"] * 2)[:2]
        return [(words[0].upper(), words[0]), (words[1], words[1])]
    if field["field"] in NUMBERS:
        return [(str(n), n) for n in NUMBERS[field["field"]]]
    if kind in ("integer", "number"):
        assert most is None or most >= 4, field
        return [("4", 4), ("3", 3)]
    if kind == "date":  # the first day of two goes back, the other on
        other = "2026-03-09" if field["begins"] else "2026-03-11"
        return [("2026-03-10", "2026-03-10"), (other, other)]
    return {
        "text": [("Sample 甲", "Sample 甲"), ("Other, \"b\"", "Other, \"b\"")],
        "lines": [("One\n\n- *two*\n  three", "One\n\n- *two*\n  three"), ("Line", "Line")],
        "word-or-text": [(field["values"][0] if field["values"] else "x",) * 2, ("a word of our own",) * 2],
        "money": [("12.50", 12.5), ("1300", 1300)],
        "yes-no": [("yes", True), ("0", False)],
        "duration": [("2w", "2w"), ("30d", "30d")],
        "currency": [("EUR", "EUR"), ("CNY", "CNY")],
        "ratio": [("50%", 0.5), ("0.25", 0.25)],
        "tags": [("a, b", ["a", "b"]), ("c", ["c"])],
    }[kind]


def bad_values(field):
    """What is refused of a field: (typed, part of the message)."""
    kind, bad = field["type"], []
    if field["refers"]:
        return [("nobody-here", "nobody-here")]
    if kind == "word":
        word = next((w for w in field["values"] if len(w) > 3), None)
        bad = [("zzzzzzzz", field["values"][0])] + ([(word[:-1], word)] if word else [])
    elif kind == "date":
        bad = [("2026-13-01", "2026-13-01"), ("2026-02-30", "2026-02-30"), ("someday", "someday")]
    elif kind in ("integer", "number"):
        bad = [("many", "many"), ("1,5", "1,5"), ("nan", "nan"), ("1e999", "1e999")]
        if kind == "integer":
            bad += [("1.5", "1.5"), ("99999999999999999999", "999")]
        if field["min"] is not None:
            bad.append((str(field["min"] - 1), str(field["min"])))
        if field["max"] is not None:
            bad.append((str(field["max"] + 1), str(field["max"])))
    elif kind == "money":
        bad = [("much", "much"), ("1.234", "1.234"), ("99999999999999999999", "999")]
    elif kind == "yes-no":
        bad = [("perhaps", "perhaps")]
    elif kind == "duration":
        bad = [("often", "often"), ("3x", "3x")]
    elif kind == "currency":
        bad = [("EURO", "EURO"), ("XQX", "XQX")]
    if kind in ("text", "lines", "word-or-text") and field["max"]:
        bad.append(("x" * (field["max"] + 1), str(field["max"])))
    return bad


def asked():
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/"}
    env.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})

    def ask(*args):
        done = subprocess.run([PROGRAM, "-f", "json", *args], capture_output=True, env=env, check=True)
        return json.loads(done.stdout)
    kinds = ask("kind", "list")
    for kind in kinds:
        kind["fields"] = ask("kind", "show", kind["kind"])
        for field in kind["fields"]:
            field["begins"] = any(f["not_before"] == field["field"] for f in kind["fields"])
    return kinds


KINDS = asked()


class Store:
    """A store with two customers, and what other records refer to."""

    def __init__(self, test, name):
        self.test = test
        self.dir = test.dir
        self.db = test.dir / f"{name}.db"

    def run(self, *args, lang="en"):
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.dir), "USER": "li",
               "XDG_CONFIG_HOME": str(self.dir / "config"), "XDG_DATA_HOME": str(self.dir / "data")}
        env.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})
        command = [PROGRAM, "--db", self.db, "--today", TODAY, "--lang", lang, *args]
        return subprocess.run(command, capture_output=True, env=env, cwd=self.dir, timeout=120,
                              stdin=subprocess.DEVNULL, check=False)

    def ok(self, *args, lang="en"):
        done = self.run(*args, lang=lang)
        self.test.assertEqual(done.returncode, 0, f"{args}: {done.stderr.decode()}{done.stdout.decode()[:300]}")
        return done.stdout.decode()

    def fails(self, codes, says, *args):
        done = self.run(*args)
        message = done.stderr.decode()
        self.test.assertIn(done.returncode, codes, f"{args}: {message}{done.stdout.decode()[:300]}")
        self.test.assertIn(says, message, f"{args}")
        self.test.nothing_raw(message)
        return message

    def json(self, *args):
        return json.loads(self.ok("-f", "json", *args))

    def entries(self):
        return len(self.json("history"))


class Kinds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.dir = pathlib.Path(cls.folder.name)
        cls.maxDiff = 4000

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    # --- a store with all that one kind needs, made once a kind ---
    def kind(self, noun):
        return next(k for k in KINDS if k["kind"] == noun)

    def store(self, kind, name="book"):
        """A copy of the store that this kind starts with."""
        base = self.dir / f"base-{kind['kind']}.db"
        made = Store(self, f"base-{kind['kind']}")
        if not base.exists():
            made.ok("store", "init")
            for key in ("acme", "beta"):
                made.ok("customer", "add", key, key.capitalize(), "--started", "2026-01-05", "--currency", "USD")
            self.refer(made, kind, [])
        store = Store(self, name)
        for old in self.dir.glob(f"{name}.db*"):
            old.unlink()
        shutil.copy(base, store.db)
        return store

    def refer(self, store, kind, above):
        """Two records of each kind that this one refers to, and of what those need."""
        refers = {}
        for field in kind["fields"]:
            noun = field["refers"]
            if noun and noun not in refers:
                assert noun not in above, f"{noun} refers to itself"
                other = self.kind(noun)
                self.refer(store, other, above + [kind["kind"]])
                for n in (1, 2):
                    if not store.run("-q", noun, "show", f"{noun}-{n}").returncode == 0:
                        store.ok(noun, "add", *self.whose(other),
                                 *self.given(other, 0, only_required=True, key=f"{noun}-{n}"))
                refers[noun] = [f"{noun}-1", f"{noun}-2"]
        return refers

    @staticmethod
    def refers(kind):
        return {f["refers"]: [f"{f['refers']}-1", f"{f['refers']}-2"] for f in kind["fields"] if f["refers"]}

    @staticmethod
    def whose(kind):
        return ["acme"] if kind["belongs"] == "customer" else []

    def given(self, kind, which, only_required=False, without=(), key=None):
        words = []
        for field in kind["fields"]:
            name = field["field"]
            if name == "customer" or field["given"] == "never" or name in without:
                continue
            if name == "key":
                words.append(f"key={key or kind['kind'] + '-k' + str(which)}")
            elif field["required"] or not only_required:
                words.append(f"{name}={samples(field, self.refers(kind))[which][0]}")
        if only_required and not [w for w in words if not w.startswith("key=")]:
            return words + [w for w in self.given(kind, which) if not w.startswith("key=")][:1]
        return words

    @staticmethod
    def has(kind, name):
        return any(f["field"] == name for f in kind["fields"])

    def add(self, kind, store, which=0, **how):
        store.ok(kind["kind"], "add", *self.whose(kind), *self.given(kind, which, **how))

    def nothing_raw(self, text):
        self.assertNotRegex(JOINED.sub("", text), RAW)

    # --- the tests ---
    def test_there_are_kinds_and_all_say_what_they_are(self):
        self.assertGreater(len(KINDS), 20)
        types = {"text", "lines", "word", "word-or-text", "integer", "number", "ratio", "money", "date", "yes-no",
                 "duration", "currency", "tags", "time", "filter"}
        for kind in KINDS:
            for field in kind["fields"]:
                self.assertIn(field["type"], types)
                self.assertIn(field["given"], ("always", "when-added", "never"))

    def check_what_is_added_is_listed_and_shown(self, kind):
        noun, store = kind["kind"], self.store(kind)
        before = store.json(noun, "list")
        self.add(kind, store)
        rows = self.new_of(before, store.json(noun, "list"))
        self.assertEqual(len(rows), 1)
        refers = self.refers(kind)
        for field in kind["fields"]:
            name = field["field"]
            self.assertIn(name, rows[0])
            if name == "key":
                self.assertEqual(rows[0][name], f"{noun}-k0")
            elif name == "customer":
                self.assertEqual(rows[0][name], "acme" if self.whose(kind) else None)
            elif field["given"] != "never":
                self.assertEqual(rows[0][name], samples(field, refers)[0][1], name)
        for form in FORMATS:
            for lang in ("en", "zh"):
                text = store.ok("-f", form, noun, "list", lang=lang)
                self.assertTrue(text.strip())
                if form == "table":
                    self.assertEqual(text.count("\n"), len(before) + 2)
                    self.nothing_raw(text)
        text = store.ok(noun, "list", lang="zh")
        for field in kind["fields"]:
            if field["type"] == "word" and field["field"] in store.ok(noun, "list").lower():
                self.assertIsNone(re.search(rf"\s{rows[0][field['field']]}\s", text.split("\n", 1)[1]))
        key = self.name(rows[0])
        if key:
            self.assertIn(key, store.ok("-q", noun, "list").split("\n"))
            self.assertEqual(store.json(noun, "show", key), rows[0])
            for form in FORMATS:
                for lang in ("en", "zh"):
                    shown = store.ok("-f", form, noun, "show", key, lang=lang)
                    if form == "table":
                        self.nothing_raw(shown)
        self.assertEqual(store.json(noun, "list", "--columns", kind["fields"][0]["field"])[0].keys(),
                         {kind["fields"][0]["field"]})

    def check_what_is_required_alone_is_enough_and_the_rest_is_filled(self, kind):
        noun, store = kind["kind"], self.store(kind)
        before = store.json(noun, "list")
        words = [w for w in self.given(kind, 0, only_required=True)
                 if not w.startswith("key=") or kind_requires(kind, "key")]
        store.ok(noun, "add", *self.whose(kind), *words)
        row, = self.new_of(before, store.json(noun, "list"))
        said = {w.split("=", 1)[0] for w in words}
        for field in kind["fields"]:
            if field["field"] not in said and field["initial"]:
                wanted = TODAY if field["initial"] == "today" else field["initial"]
                self.assertEqual(row[field["field"]], wanted, field["field"])
        if "key" in row:
            self.assertTrue(row["key"])

    def check_each_field_is_set_emptied_undone_and_redone(self, kind):
        noun, store = kind["kind"], self.store(kind)
        self.add(kind, store)
        lists = [store.json(noun, "list")]
        name = self.name(lists[0][-1])
        if not name:
            return
        derived = {f["field"] for f in kind["fields"] if f["given"] == "never"}

        def change(field, typed, shown):
            what = field["field"]
            was = self.row(lists[-1], name)
            store.ok(noun, "set", name, f"{what}={typed}")
            rows = store.json(noun, "list")
            now = self.row(rows, name)
            if typed or field["type"] not in ("number", "word"):  # the kind may fill those that are emptied
                self.assertIn(now[what], shown, what)
            for other, value in now.items():
                if other != what and other not in derived:
                    self.assertEqual(value, was[other], f"{what} changed {other}")
            if rows != lists[-1]:
                lists.append(rows)

        later = [f for f in kind["fields"] if f["given"] == "always"]
        for field in later:
            typed, shown = samples(field, self.refers(kind))[1]
            change(field, typed, [shown])
        for field in later:
            what = field["field"]
            if field["required"] or (field["initial"] == "today"
                                     and store.run("-n", noun, "set", name, f"{what}=").returncode != 0):
                store.fails([2], what, noun, "set", name, f"{what}=")
                self.assertEqual(store.json(noun, "list"), lists[-1])
            else:
                change(field, "", [None, []])
        for rows in reversed(lists[:-1]):
            store.ok("undo")
            self.assertEqual(store.json(noun, "list"), rows)
        for rows in lists[1:]:
            store.ok("redo")
        self.assertEqual(store.json(noun, "list"), lists[-1])

    @staticmethod
    def name(row):
        """What it is named by in commands; "" where nothing names it."""
        return str(row.get("key", row.get("id", "")))

    def new_of(self, before, after):
        """Those that came; what others derive may have changed with them."""
        there = [self.name(r) or r for r in before]
        return [r for r in after if (self.name(r) or r) not in there]

    def row(self, rows, name):
        row, = [r for r in rows if self.name(r) == name]
        return row

    def check_add_and_remove_are_undone_and_redone(self, kind):
        noun, store = kind["kind"], self.store(kind)
        lists = [store.json(noun, "list")]
        self.add(kind, store, 1)
        lists.append(store.json(noun, "list"))
        self.add(kind, store, 0)
        lists.append(store.json(noun, "list"))
        row, = self.new_of(lists[0], lists[1])
        name = self.name(row)
        if name:
            store.ok(noun, "remove", name)
            lists.append(store.json(noun, "list"))
            self.assertEqual(len(lists[3]), len(lists[2]) - 1)
            store.fails([4], name, noun, "show", name)
            store.fails([4], name, noun, "remove", name)
            store.fails([4], name, noun, "set", name, *self.given(kind, 0, without=["key"])[:1])
        for rows in reversed(lists[:-1]):
            store.ok("undo")
            self.assertEqual(store.json(noun, "list"), rows)
        for rows in lists[1:]:
            store.ok("redo")
            self.assertEqual(store.json(noun, "list"), rows)

    def check_what_is_wrong_is_refused_and_changes_nothing(self, kind):
        noun, store = kind["kind"], self.store(kind)
        self.add(kind, store, 1, key=f"{noun}-k1")
        before, entries = store.json(noun, "list"), store.entries()
        row = before[-1]
        name = self.name(row)
        for field in kind["fields"]:
            what = field["field"]
            if what == "customer":
                continue
            if field["given"] == "never":
                store.fails([2], what, noun, "add", *self.whose(kind), f"{what}=1")
                continue
            if field["required"] and len(self.given(kind, 0)) > 1:
                store.fails([2], what, noun, "add", *self.whose(kind), *self.given(kind, 0, without=[what])
                            if what != "key" else [w for w in self.given(kind, 0) if not w.startswith("key=")])
                store.fails([2], what, noun, "add", *self.whose(kind),
                            *self.given(kind, 0, without=[what]), f"{what}=")
            for typed, says in bad_values(field):
                code = [4] if field["refers"] else [2]
                message = store.fails(code, says, noun, "add", *self.whose(kind),
                                      *[w for w in self.given(kind, 0) if not w.startswith(what + "=")],
                                      f"{what}={typed}")
                self.assertIn(what, message)
                if name and field["given"] == "always":
                    store.fails(code, says, noun, "set", name, f"{what}={typed}")
            if field["not_before"]:
                message = store.fails([2], what, noun, "add", *self.whose(kind),
                                      *self.given(kind, 0, without=[what, field["not_before"]]),
                                      f"{field['not_before']}=2026-03-10", f"{what}=2026-03-09")
                self.assertIn(field["not_before"], message)
            if len(what) > 3 and field["given"] == "always" and not self.has(kind, what[:-1]):
                store.fails([2], what, noun, "add", *self.whose(kind), f"{what[:-1]}=1")
        if name:
            if self.has(kind, "key"):
                store.fails([1, 2], f"{noun}-k1", noun, "add", *self.whose(kind),
                            *self.given(kind, 0, key=f"{noun}-k1"))
            store.fails([2], "nonsense", noun, "set", name, "nonsense=1")
            store.fails([2], "key", noun, "set", name, "key=other")
            store.fails([2], "customer", noun, "set", name, "customer=beta")
        if kind["belongs"] == "customer":
            store.fails([4], "nobody", noun, "add", "nobody", *self.given(kind, 0))
        store.fails([4], "no-such", noun, "show", "no-such") if name else None
        store.fails([2], "nonsense", noun, "list", "nonsense == 1")
        store.fails([2], "nonsense", noun, "list", "--sort", "nonsense")
        self.assertEqual(store.json(noun, "list"), before)
        self.assertEqual(store.entries(), entries)

    def check_the_history_names_what_was_done(self, kind):
        noun, store = kind["kind"], self.store(kind)
        entries = store.entries()
        self.add(kind, store)
        row = store.json(noun, "list")[-1]
        name = self.name(row)
        if name:
            field = next(f for f in kind["fields"] if f["given"] == "always")
            store.ok(noun, "set", name, f"{field['field']}={samples(field, self.refers(kind))[1][0]}")
            store.ok(noun, "remove", name)
        rows = store.json("history")
        new = rows[:len(rows) - entries]
        self.assertEqual(len(new), 3 if name else 1)
        for row in new:
            self.assertIn(noun, row["command"])
            self.assertTrue(row["summary"].startswith(noun) or noun in row["summary"], row["summary"])
            self.assertEqual(row["changes"] > 0, True)
        if kind["belongs"] == "customer":
            self.assertEqual(store.json("history", "acme")[0]["id"], new[0]["id"])
        done = store.run(noun, "add", *self.whose(kind), *self.given(kind, 1), lang="zh")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stderr.decode() + done.stdout.decode(), "[一-鿿]")

    def check_a_dry_run_changes_nothing(self, kind):
        noun, store = kind["kind"], self.store(kind)
        self.add(kind, store)
        before, entries = store.json(noun, "list"), store.entries()
        row = before[-1]
        name = self.name(row)
        store.ok("-n", noun, "add", *self.whose(kind), *self.given(kind, 1))
        if name:
            field = next(f for f in kind["fields"] if f["given"] == "always")
            store.ok("-n", noun, "set", name, f"{field['field']}={samples(field, self.refers(kind))[1][0]}")
            store.ok("-n", noun, "remove", name)
        self.assertEqual(store.json(noun, "list"), before)
        self.assertEqual(store.entries(), entries)

    def check_lists_are_filtered_and_sorted_by_every_field(self, kind):
        noun, store = kind["kind"], self.store(kind)
        self.add(kind, store, 0)
        self.add(kind, store, 1)
        rows = store.json(noun, "list")
        for field in kind["fields"]:
            what = field["field"]
            values = [r[what] for r in rows]
            down = field["begins"] or field["type"] == "money"
            listed = [r[what] for r in store.json(noun, "list", "--sort", ("-" if down else "") + what)]
            known = [v for v in listed if v not in (None, [])]
            if all(isinstance(v, (int, float)) for v in known) or field["type"] == "date":
                self.assertEqual(known, sorted(known, reverse=down), what)
            self.assertEqual(len(listed), len(rows))
            self.assertEqual(listed[len(known):], [v for v in listed if v in (None, [])], what)
            value = next((v for v in values if v not in (None, [])), None)
            if value is None or isinstance(value, list):
                continue
            if isinstance(value, bool):
                condition = f"{what} == true"
                wanted = [r for r in rows if r[what] is True]
            elif isinstance(value, (int, float)):
                condition = f"{what} >= {value}"
                wanted = [r for r in rows if r[what] is not None and r[what] >= value]
            else:
                text = value.replace("\\", "\\\\").replace('"', '\\"')
                condition = f'{what} == "{text}"'
                wanted = [r for r in rows if r[what] == value]
            self.assertEqual(store.json(noun, "list", condition), wanted, condition)
        if kind["belongs"] != "nobody":
            mine = [r for r in rows if r["customer"] == "acme"]
            self.assertEqual(store.json(noun, "list", "acme"), mine)
            self.assertEqual(store.json(noun, "list", "--customer", "beta"), [])
        self.assertEqual(len(store.json(noun, "list", "--limit", "1")), 1)
        last = kind["fields"][-1]["field"]
        self.assertEqual(store.json(noun, "list", f"{last} == null"), [])  # unknown, never true

    # --- out and in again ---
    def rows_for_trip(self, kind, store):
        self.add(kind, store, 0)
        self.add(kind, store, 1)
        self.add(kind, store, 0, only_required=True, key=f"{kind['kind']}-k2")
        return store.json(kind["kind"], "list")

    def files(self, kind, store):
        """What a person would save: the list as CSV, as TSV, and as JSON lines."""
        noun = kind["kind"]
        files = []
        for form, ending in (("csv", "csv"), ("tsv", "tsv")):
            path = self.dir / f"trip.{ending}"
            path.write_bytes(store.ok("-f", form, noun, "list").encode())
            files.append(path)
        path = self.dir / "trip.jsonl"
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in store.json(noun, "list")), "utf-8")
        return files + [path]

    def report(self, store, kind, path):
        return store.json("import", kind["import"], path)

    def check_a_list_is_imported_again_and_changes_nothing(self, kind):
        noun, store = kind["kind"], self.store(kind)
        rows, entries = self.rows_for_trip(kind, store), None
        entries = store.entries()
        for path in self.files(kind, store):
            report = self.report(store, kind, path)
            self.assertEqual(report, {"read": len(rows), "added": 0, "updated": 0, "unchanged": len(rows),
                                      "rejected": 0, "cleaned": 0, "ignored": [], "look_alike": 0,
                                      "notes": [], "rejects": []}, path.name)
            self.assertEqual(store.json(noun, "list"), rows, path.name)
        self.assertEqual(store.entries(), entries)

    def check_a_list_is_taken_to_another_store(self, kind):
        noun, store = kind["kind"], self.store(kind)
        rows = self.rows_for_trip(kind, store)
        for path in self.files(kind, store):
            other = self.store(kind, "other")
            there = other.json(noun, "list")
            report = self.report(other, kind, path)
            self.assertEqual(report["added"], len(rows) - len(there), path.name)
            self.assertEqual(report["rejected"], 0)

            def plain(some):
                return sorted(json.dumps({k: v for k, v in r.items() if k not in ("id", "actor")},
                                         sort_keys=True, ensure_ascii=False) for r in some)
            self.assertEqual(plain(other.json(noun, "list")), plain(rows), path.name)
            other.ok("undo")
            self.assertEqual(other.json(noun, "list"), there)
            other.ok("redo")
            self.assertEqual(plain(other.json(noun, "list")), plain(rows), path.name)

    def check_bad_rows_are_all_named_and_nothing_is_taken(self, kind):
        noun, store = kind["kind"], self.store(kind)
        self.rows_for_trip(kind, store)
        path = self.files(kind, store)[0]
        before, entries = store.json(noun, "list"), store.entries()
        head, *rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
        wrong = []
        for field in kind["fields"]:
            for typed, _ in bad_values(field) if field["given"] != "never" else []:
                if field["type"] == "text" and not field["refers"] and len(typed) > 4096:
                    continue
                cells = dict(zip(head, rows[0]))
                cells[field["field"]] = typed
                if "key" in cells and field["field"] != "key":
                    cells["key"] = f"bad-{len(wrong)}"
                wrong.append((field["field"], [cells[h] for h in head]))
        if not wrong:
            return
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(head)
        writer.writerows(r for _, r in wrong)
        path.write_text(out.getvalue(), "utf-8", newline="")
        done = store.run("-f", "json", "import", kind["import"], path)
        self.assertEqual(done.returncode, 3, done.stderr.decode())
        report = json.loads(done.stdout)
        self.assertEqual(report["rejected"], len(wrong), done.stderr.decode())
        columns = [(r["column"], r["reason"]) for r in report["rejects"]]
        for (field, _), (column, reason) in zip(wrong, columns):
            self.assertEqual(column, head.index(field) + 1, reason)
        self.assertEqual(store.json(noun, "list"), before)
        self.assertEqual(store.entries(), entries)

    # --- hostile text ---
    def check_hostile_text_is_kept_or_refused_and_never_raw(self, kind):
        noun, store = kind["kind"], self.store(kind)
        fields = [f for f in kind["fields"] if f["given"] != "never" and not f["refers"]
                  and f["type"] in ("text", "lines", "word-or-text") and f["field"] not in
                  (*TEXTS, "key", "customer")]
        if not fields:
            return
        kept = 0
        for i, (what, text) in enumerate(HOSTILE):
            names = [f["field"] for f in fields]
            done = store.run(noun, "add", *self.whose(kind), *self.given(
                kind, 0, without=names, key=f"h{i}"), *[f"{n}={text}" for n in names])
            if done.returncode != 0:
                self.assertEqual(done.returncode, 2, f"{what}: {done.stderr.decode()}")
            kept += done.returncode == 0
            self.nothing_raw(done.stderr.decode() + done.stdout.decode())
        self.assertGreater(kept, len(HOSTILE) // 2)
        self.nothing_raw_of(store, noun)
        rows = store.json(noun, "list")
        for path in self.files(kind, store):
            report = self.report(store, kind, path)
            self.assertEqual((report["rejected"], report["updated"], report["added"]), (0, 0, 0), path.name)
            self.assertEqual(store.json(noun, "list"), rows, path.name)
            other = self.store(kind, "other")
            there = len(other.json(noun, "list"))
            self.assertEqual(self.report(other, kind, path)["added"], len(rows) - there)

    def nothing_raw_of(self, store, noun):
        listed = store.ok(noun, "list")
        self.assertEqual(listed.count("\n"), len(store.json(noun, "list")) + 1)
        self.nothing_raw(listed)
        self.nothing_raw(store.ok("-f", "md", noun, "list"))
        self.nothing_raw(store.ok("history"))
        for row in store.json(noun, "list"):
            if self.name(row) and re.search("<U[+]|[␀-␡]", str(row)):
                self.nothing_raw(store.ok(noun, "show", self.name(row)))
        text = store.ok("-f", "csv", noun, "list")
        for cells in csv.reader(io.StringIO(text, newline="")):
            for cell in cells:
                self.assertNotRegex(cell, "^[=+@＝＋－＠]")

    def check_a_text_of_full_length_is_kept_and_a_byte_more_is_not(self, kind):
        noun, store = kind["kind"], self.store(kind)
        for n, field in enumerate(f for f in kind["fields"] if f["given"] != "never" and not f["refers"]
                                  and f["type"] in ("text", "lines", "word-or-text") and f["max"]
                                  and f["field"] not in (*TEXTS, "customer")):
            text = ("长" * (field["max"] // 3)).ljust(field["max"] // 3 + field["max"] % 3, "x")
            self.assertEqual(len(text.encode()), field["max"])
            without = self.given(kind, 0, without=[field["field"]], key=f"long-{n}")
            key = [] if field["field"] != "key" else ["key"]
            words = [w for w in without if not (key and w.startswith("key="))]
            before = store.json(noun, "list")
            store.ok(noun, "add", *self.whose(kind), *words, f"{field['field']}={text}")
            row, = self.new_of(before, store.json(noun, "list"))
            self.assertEqual(row[field["field"]], text)
            store.fails([2], field["field"], noun, "add", *self.whose(kind), *words,
                        f"{field['field']}={text}x")
        self.nothing_raw(store.ok(noun, "list"))


def make_tests():
    """One test a check and a kind."""
    for name, check in list(vars(Kinds).items()):
        for kind in KINDS if name.startswith("check_") else []:
            def test(self, check=check, kind=kind):
                check(self, kind)
            setattr(Kinds, f"test_{kind['kind']}_{name[len('check_'):]}", test)


def kind_requires(kind, name):
    return any(f["field"] == name and f["required"] for f in kind["fields"])


make_tests()

if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
