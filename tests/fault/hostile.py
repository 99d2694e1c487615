#!/usr/bin/env python3
"""Hostile text in every field: nothing of it acts on a terminal, a spreadsheet or a browser.

usage: hostile.py PROGRAM [unittest arguments]
"""
import csv
import html.parser
import io
import json
import os
import pathlib
import re
import shutil
import subprocess

import book
import program
import strings

FORMATS = ["table", "json", "csv", "tsv", "md"]
LISTS = [["customer", "list"], ["milestone", "list"], ["activity", "list"], ["complaint", "list"], ["churn", "list"],
         ["subscription", "list"], ["usage", "list"], ["alert", "list", "--all"], ["today"], ["due", "--within", "300d"],
         ["due", "--overdue"], ["history"], ["journey", "list"]]


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()

    def handle_starttag(self, tag, attributes):
        self.tags.add((tag,) + tuple(sorted(name for name, _ in attributes)))

    def handle_comment(self, data):
        self.tags.add(("comment",))

    def handle_decl(self, decl):
        self.tags.add(("declaration", decl))


def tags_of(text):
    parser = Tags()
    parser.feed(text)
    return parser.tags


def is_formula(cell):
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", cell):
        return False
    return cell[:1] in tuple("=+-@\t\r\n＝＋－＠") and cell != ""


class Hostile(book.Book):
    def test_the_book_holds_the_texts_and_the_import_said_what_it_changed(self):
        self.assertGreater(len(self.texts), 300)
        self.assertGreater(self.report["cleaned"], 200)
        self.assertGreater(len(self.known), 300)

    def test_every_list_in_every_format_is_clean(self):
        for command in LISTS:
            for form in FORMATS:
                with self.subTest(command=command, format=form):
                    allowed = {"csv": "\n\r", "tsv": "\n\r\t"}.get(form, "\n")
                    text = self.out(*command, "-f", form, allowed=allowed)
                    if form == "json":
                        json.loads(text)
                    elif form in ("table", "md"):
                        lines, rows = text.count("\n"), len(self.rows(*command))
                        self.assertEqual(lines, rows + (2 if form == "md" else 1) if rows else lines)

    def test_tables_have_straight_columns(self):
        lines = self.out("customer", "list", "--columns", "name,key").splitlines()
        place = strings.columns(lines[0][:lines[0].rindex(" ")])
        for line in lines[1:]:
            self.assertEqual(strings.columns(line[:line.rindex(" ")]), place, f"{line!r}")

    def test_one_record_is_clean_in_every_format(self):
        for i, key in enumerate(self.known):
            form = FORMATS[i % len(FORMATS)]
            if i % 8 and i > 30:
                continue
            with self.subTest(key=key, format=form):
                self.out("customer", "show", key, "-f", form, allowed={"csv": "\n\r", "tsv": "\n\r\t"}.get(form, "\n"))

    def test_csv_and_tsv_read_back_as_the_stored_text_and_hold_no_formula(self):
        for command in (["customer", "list"], ["activity", "list"], ["complaint", "list"], ["churn", "list"], ["history"]):
            stored = self.rows(*command)
            for form, delimiter in (("csv", ","), ("tsv", "\t")):
                text = self.ok(*command, "-f", form)
                cells = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
                self.assertEqual(len(cells), len(stored))
                for row, record in zip(cells, stored):
                    self.assertNotIn(None, row, "a row with more cells than the header")
                    for name, cell in row.items():
                        where = (command, form, name, cell)
                        self.assertFalse(is_formula(cell), where)
                        value = record.get(name)
                        if isinstance(value, str) and strings.problem(value, "\n\r") is None:
                            bare = cell[1:] if cell[:1] == "'" and is_formula(cell.lstrip("'")) else cell
                            self.assertEqual(bare.replace("\r\n", "\n"), value.replace("\r\n", "\n"), where)

    def test_an_export_comes_back_as_it_was(self):
        path = self.dir / "export.csv"
        path.write_text(self.ok("churn", "list", "-f", "csv"), encoding="utf-8", newline="")
        again = json.loads(self.ok("import", "churn", path, "-f", "json"))
        self.assertEqual((again["added"], again["rejected"]), (0, 0))

    def test_messages_show_hostile_arguments_harmlessly(self):
        commands = [lambda t: ["customer", "show", t], lambda t: ["customer", "list", t], lambda t: ["customer", "list", "--sort", t],
                    lambda t: [t], lambda t: ["--" + t], lambda t: ["customer", t], lambda t: ["-f", t, "today"],
                    lambda t: ["--today", t, "today"], lambda t: ["check", t], lambda t: ["import", t, "x"], lambda t: ["import", "usage", t],
                    lambda t: ["--db", t, "today"], lambda t: ["customer", "set", "h001", t], lambda t: ["done", "h001", t],
                    lambda t: ["customer", "add", t, t, "--started", t], lambda t: ["screen", "--view", t], lambda t: ["screen", "--keys", t],
                    lambda t: ["journey", "show", t], lambda t: ["renewal", "prepare", t], lambda t: ["log", "h001", "--kind", t, "x"],
                    lambda t: ["--lang", t, "today"], lambda t: ["store", "set", t], lambda t: ["customer", "set", "h001", "started=" + t],
                    lambda t: ["customer", "list", "--columns", t], lambda t: ["help", t], lambda t: ["store", "backup", t + "/x"]]
        for i, text in enumerate(self.texts + strings.INVALID):
            make = commands[i % len(commands)]
            if isinstance(text, bytes):
                text = os.fsdecode(text)
            args = make(text)
            with self.subTest(args=args):
                done = self.run_tend("-n", *args)
                self.assertIn(done.returncode, range(6))
                self.clean(done.stderr, args)
                self.clean(done.stdout, args)

    def test_bytes_that_are_no_text_are_refused(self):
        for data in strings.INVALID:
            text = os.fsdecode(data)
            for args in (["customer", "add", "bad", text, "--started", "2026-01-01"], ["log", "h001", "--kind", "note", text],
                         ["customer", "set", "h001", "owner=" + text]):
                with self.subTest(args=args):
                    done = self.run_tend(*args)
                    self.assertIn(done.returncode, (2, 3), done.stderr)
                    self.clean(done.stderr, args)
            path = self.dir / "bad.csv"
            path.write_bytes(b"customer,date,kind,text\nh001,2026-01-01,note," + data + b"\n")
            done = self.run_tend("import", "activities", path)
            self.assertEqual(done.returncode, 3)
            self.assertIn("bad.csv:2", done.stderr.decode())

    def packs(self, form, key):
        out = self.dir / f"packs-{form}"
        if not out.exists():
            self.ok("renewal", "prepare", "--within", "400d", "--format", form, "--out", out)
        return (out / f"{key}-renewal.{form}").read_bytes()

    def test_packs_of_every_format_are_clean(self):
        for form in ("md", "html", "csv", "json"):
            for key in self.known:
                with self.subTest(format=form, key=key, text=self.by_key.get(key)):
                    text = self.clean(self.packs(form, key), key, "\n\r" if form in ("csv", "html") else "\n")
                    self.assertEqual(re.sub("\r\n", "", text).count("\r"), 0)

    def test_html_packs_hold_no_foreign_element(self):
        plain = tags_of(self.packs("html", self.known[0]).decode())
        for key in self.known:
            with self.subTest(key=key, text=self.by_key.get(key)):
                self.assertLessEqual(tags_of(self.packs("html", key).decode()), plain)

    def test_markdown_packs_show_the_texts_literally(self):
        if not shutil.which("cmark"):
            self.skipTest("no cmark")
        plain = None
        for key in self.known:
            shown = subprocess.run(["cmark", "--unsafe"], input=self.packs("md", key), capture_output=True, check=True)
            tags = tags_of(shown.stdout.decode())
            plain = plain or tags
            with self.subTest(key=key, text=self.by_key.get(key)):
                self.assertLessEqual(tags, plain)

    def test_csv_packs_hold_no_formula(self):
        for key in self.known:
            for row in csv.reader(io.StringIO(self.packs("csv", key).decode(), newline="")):
                for cell in row:
                    self.assertFalse(is_formula(cell), (key, cell))


class Paths(program.Case):
    customers = 0
    EVIL = ["../x", "../../x", "/tmp/tend-evil", "a/b", "..", ".", "a/../../x", "-rf", "x" * 64, "a\\b", "con", "a:b", "~", "$HOME", "a b", "*", "?",
            "漢字", "a%2fb", "a\x07b", "a\u202eb", "a\nb", "", " ", ".hidden", "-renewal", "\ufeff", "．．／x", "a\u2215b", "a;b", "a|b", "`x`", "é", "e\u0301"]

    def test_keys_never_lead_an_export_out_of_its_folder(self):
        self.ok("store", "init")
        self.ok("store", "set", f"today={book.TODAY}")
        for i, key in enumerate(self.EVIL):
            self.run_tend("customer", "add", "--started", "2025-05-01", "--", key, f"Name {i}")
        path = self.dir / "keys.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["key", "name", "started"])
            writer.writerows([["i" + key, f"Import {i}", "2025-05-01"] for i, key in enumerate(self.EVIL)])
            writer.writerows([[key + "i", f"Import {i}", "2025-05-01"] for i, key in enumerate(self.EVIL)])
        self.ok("import", "customers", path, "--partial")
        known = self.rows("customer", "list")
        self.assertGreater(len(known), 20)
        below = self.dir / "a" / "b" / "out"
        before = {str(p) for p in self.dir.rglob("*")}
        for form in ("md", "html", "csv", "json"):
            self.ok("renewal", "prepare", "--within", "400d", "--format", form, "--out", below)
        made = {str(p) for p in self.dir.rglob("*")} - before
        outside = [p for p in made if not p.startswith(str(below) + "/") and p not in (str(below), str(below.parent),
                                                                                      str(below.parent.parent))]
        self.assertEqual(outside, [])
        files = [p for p in below.rglob("*") if p.is_file()]
        self.assertEqual(len(files), 4 * len(known), "each customer has a file of its own")
        for file in files:
            self.assertEqual(file.parent, below)
            self.assertIsNone(strings.problem(file.name), file.name)
            self.assertFalse(file.name.startswith((".", "-")), file.name)
        self.assertFalse(pathlib.Path("/tmp/tend-evil-renewal.md").exists())

    def test_links_in_the_place_of_an_export_are_not_followed(self):
        self.ok("store", "init")
        self.ok("customer", "add", "acme", "Acme", "--started", "2026-01-01")
        secret = self.dir / "secret"
        secret.write_text("keep")
        out = self.dir / "out"
        out.mkdir()
        (out / "acme-renewal.md").symlink_to(secret)
        (self.dir / "copy.db").symlink_to(secret)
        done = self.run_tend("renewal", "prepare", "acme", "--format", "md", "--out", out)
        self.assertEqual(done.returncode, 1)
        self.assertIn("acme-renewal.md", done.stderr.decode())
        self.assertEqual(self.run_tend("store", "backup", self.dir / "copy.db").returncode, 1)
        self.ok("renewal", "prepare", "acme", "--format", "md", "--out", out, "--force")
        self.ok("store", "backup", self.dir / "copy.db", "--force")
        self.assertEqual(secret.read_text(), "keep")
        self.assertFalse((out / "acme-renewal.md").is_symlink())


program.main()
