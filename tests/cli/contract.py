#!/usr/bin/env python3
"""The public contract of the commands, checked from outside on the built program.

usage: contract.py PROGRAM [unittest arguments]
"""
import csv
import datetime
import io
import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import textwrap
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
TODAY = "2026-03-16"

JOURNEY = """\
journey: short
version: 1
title: {en: Short, zh: 简短}
term: 12 months
stages:
  - {key: growth, title: {en: Growth, zh: 成长}, from: start}
  - {key: maturity, title: {en: Maturity, zh: 成熟}, from: start + 3 months}
  - {key: renewal, title: {en: Renewal, zh: 续费}, from: renewal - 2 months}
milestones:
  - {key: signed, stage: growth, title: {en: Signed, zh: 签约}, due: start}
  - key: kickoff
    stage: growth
    title: {en: Kick-off, zh: 启动}
    due: start + 5 workdays
    items: [{en: Agenda, zh: 议程}, {en: Minutes, zh: 纪要}]
    after: [signed]
  - {key: golive, stage: growth, title: {en: Go-live, zh: 上线}, due: milestone.kickoff + 2 weeks}
  - key: review
    stage: maturity
    title: {en: Review, zh: 回访}
    due: start + 1 month
    repeat: {every: 1 month, until: start + 3 months}
"""


class Contract(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.dir = pathlib.Path(self.folder.name)
        self.db = self.dir / "book.db"
        self.ok("store", "init")

    # --- helpers ---
    def run_tend(self, *args, env=None, db=None, today=TODAY):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.dir),
                       "XDG_CONFIG_HOME": str(self.dir / "config"), "XDG_DATA_HOME": str(self.dir / "data"),
                       "USER": "li"}
        environment.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})
        environment.update(env or {})
        command = [PROGRAM, "--db", str(db or self.db)]
        if today:
            command += ["--today", today]
        return subprocess.run(command + [str(a) for a in args], capture_output=True, env=environment,
                              cwd=self.dir, timeout=60, stdin=subprocess.DEVNULL)

    def ok(self, *args, **how):
        done = self.run_tend(*args, **how)
        self.assertEqual(done.returncode, 0, f"{args}: {done.stderr.decode()}{done.stdout.decode()[:500]}")
        return done.stdout.decode()

    def fails(self, code, *args, says=None, **how):
        done = self.run_tend(*args, **how)
        message = done.stderr.decode()
        self.assertEqual(done.returncode, code, f"{args}: {message}")
        self.assertTrue(message.strip(), f"{args}: no message")
        for part in [says] if isinstance(says, str) else says or []:
            self.assertIn(part, message)
        return message

    def json(self, *args, **how):
        return json.loads(self.ok(*args, "-f", "json", **how))

    def file(self, name, text):
        path = self.dir / name
        path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
        return path

    def book(self):
        """Two customers, one on the short journey."""
        self.ok("journey", "publish", self.file("short.yaml", JOURNEY))
        self.ok("customer", "add", "acme", "Acme Works", "--started", "2026-03-02", "--term", "12m", "--arr", "120000",
                "--currency", "USD", "--segment", "enterprise", "--industry", "machines", "--owner", "li", "--journey", "short")
        self.ok("customer", "add", "yunlan", "云岚科技", "--started", "2025-12-31", "--arr", "1234.5", "--currency", "CNY")

    def dump(self):
        return {noun: self.json(noun, "list") for noun in
                ("customer", "milestone", "subscription", "usage", "activity")} | {
                    "alert": self.json("alert", "list", "--all")}

    # --- the program ---
    def test_help_and_version_go_to_stdout(self):
        self.assertIn("usage: tend", self.ok("--help"))
        self.assertRegex(self.ok("--version"), r"^tend \d+\.\d+")
        self.assertIn("MILESTONE", self.ok("done", "--help"))

    def test_without_a_terminal_and_a_command_it_prints_the_help_and_exits_2(self):
        done = self.run_tend()
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"usage: tend", done.stdout)

    def test_wrong_usage_exits_2_with_a_did_you_mean(self):
        self.book()
        self.fails(2, "custmer", "list", says="customer")
        self.fails(2, "customer", "lst", says="list")
        self.fails(2, "customer", "list", "--srot", "arr", says="--sort")
        self.fails(2, "customer", "list", "-f", "yaml", says="yaml")
        self.fails(2, "customer", "list", "--limit", "many")
        self.fails(2, "customer", "list", "--sort", "nmae", says="name")
        self.fails(2, "done", "acme")
        self.fails(2, "customer", "list", today="2026-02-30", says="2026-02-30")

    def test_options_may_stand_anywhere_and_two_dashes_end_them(self):
        self.book()
        self.assertEqual(json.loads(self.ok("-f", "json", "customer", "list", "--limit", "1"))[0]["key"], "acme")
        self.assertEqual(self.ok("customer", "--limit", "1", "list", "-q"), "acme\n")
        self.fails(4, "customer", "show", "--", "--limit")

    def test_languages(self):
        self.book()
        self.assertEqual(self.json("milestone", "show", "acme", "signed", "--lang", "zh")["title"], "签约")
        self.assertEqual(self.json("milestone", "show", "acme", "signed", "--lang", "en")["title"], "Signed")
        self.assertIn("用法", self.ok("--lang", "zh", "--help"))
        # Words of a few are said in the language to people, and kept for machines.
        self.assertIn("  内置  ", self.ok("playbook", "list", "--lang", "zh"))
        self.assertIn("  正常", self.ok("doctor", "--lang", "zh"))
        self.assertEqual(self.json("playbook", "list", "--lang", "zh")[0]["source"], "built-in")
        self.assertIn("  built-in  ", self.ok("playbook", "list", "--lang", "en"))

    # --- customers ---
    def test_the_fields_of_a_customer(self):
        self.book()
        acme = self.json("customer", "show", "acme")
        for field in ("key name status stage month owner segment industry journey started term_months renewal "
                      "days_to_renewal arr currency health health_band overdue next_due next_milestone alerts tags").split():
            self.assertIn(field, acme)
        self.assertEqual((acme["status"], acme["stage"], acme["month"]), ("active", "growth", 1))
        self.assertEqual((acme["renewal"], acme["days_to_renewal"]), ("2027-03-02", 351))
        self.assertEqual((acme["arr"], acme["currency"], acme["journey"]), (120000.0, "USD", "short@1"))
        self.assertEqual((acme["overdue"], acme["next_due"], acme["next_milestone"]), (2, "2026-03-02", "signed"))
        self.assertEqual((acme["health"], acme["health_band"]), (None, "unknown"))
        self.assertIn('"arr": 1234.50', self.ok("customer", "show", "yunlan", "-f", "json"))

    def test_month_and_renewal_clamp(self):
        self.book()
        for day, month in (("2025-12-30", 0), ("2025-12-31", 1), ("2026-01-30", 1), ("2026-01-31", 2),
                           ("2026-02-27", 2), ("2026-02-28", 3), ("2026-03-31", 4)):
            self.assertEqual(self.json("customer", "show", "yunlan", today=day)["month"], month, day)

    def test_what_follows_from_an_unknown_start_is_unknown(self):
        self.ok("import", "customers", self.file("c.csv", "key,name\nx,X\n"))
        x = self.json("customer", "show", "x")
        self.assertEqual([x[f] for f in ("started", "renewal", "days_to_renewal", "month", "stage")], [None] * 5)
        self.fails(1, "journey", "enroll", "x", "tob-annual", says="started")

    def test_a_customer_is_found_by_key_prefix_or_name(self):
        self.book()
        self.ok("customer", "add", "acorn", "Acorn", "--started", "2026-01-01")
        self.assertEqual(self.json("customer", "show", "acm")["key"], "acme")
        self.assertEqual(self.json("customer", "show", "云岚科技")["key"], "yunlan")
        self.fails(4, "customer", "show", "ac", says=["acme", "acorn"])
        self.fails(4, "customer", "show", "nobody")

    def test_lists_filter_sort_and_limit(self):
        self.book()
        self.assertEqual([c["key"] for c in self.json("customer", "list", "--sort", "-arr")], ["acme", "yunlan"])
        self.assertEqual(self.ok("customer", "list", 'segment == "enterprise" and arr >= 100000', "-q"), "acme\n")
        self.assertEqual(self.ok("customer", "list", 'segment == "enterprise"', "--limit", "1", "-q"), "acme\n")
        self.assertEqual(json.loads(self.ok("customer", "list", "arr > 999999", "-f", "json")), [])
        self.fails(2, "customer", "list", "segmnt == \"a\"", says="segment")
        self.fails(2, "customer", "list", "arr >=")

    def test_formats_agree(self):
        self.book()
        rows = self.json("customer", "list")
        table = list(csv.DictReader(io.StringIO(self.ok("customer", "list", "-f", "csv"))))
        self.assertEqual([r["key"] for r in rows], [r["key"] for r in table])
        self.assertEqual(list(rows[0]), list(table[0]))
        self.assertEqual(table[0]["arr"], "120000.00")
        self.assertTrue(self.ok("customer", "list", "-f", "csv").endswith("\r\n"))
        self.assertEqual(self.ok("customer", "list", "-f", "tsv").split("\n")[0].split("\t"), list(rows[0]))
        self.assertIn("| acme ", self.ok("customer", "list", "-f", "md"))
        self.assertIn("Acme Works", self.ok("customer", "list"))

    def test_customer_set_and_its_errors(self):
        self.book()
        self.ok("customer", "set", "acme", "owner=wang", "name=Acme = Works", "segment=small")
        acme = self.json("customer", "show", "acme")
        self.assertEqual((acme["owner"], acme["name"], acme["segment"]), ("wang", "Acme = Works", "small"))
        self.assertNotEqual(self.run_tend("customer", "set", "acme", "ownr=li").returncode, 0)
        self.assertNotEqual(self.run_tend("customer", "set", "acme", "currency=XXZ").returncode, 0)
        self.assertNotEqual(self.run_tend("customer", "set", "acme", "started=2026-02-30").returncode, 0)
        self.assertNotEqual(self.run_tend("customer", "add", "acme", "Twice", "--started", "2026-01-01").returncode, 0)

    def test_changing_the_start_moves_open_milestones_and_keeps_done_ones(self):
        self.book()
        self.ok("done", "acme", "signed")
        self.ok("customer", "set", "acme", "started=2026-03-09")
        due = {m["key"]: m["due"] for m in self.json("milestone", "list", "acme") if m["occurrence"] == 1}
        self.assertEqual(due["signed"], "2026-03-02")
        self.assertEqual(due["kickoff"], "2026-03-16")
        self.assertEqual(self.json("customer", "show", "acme")["renewal"], "2027-03-09")

    # --- milestones ---
    def test_enrolling_makes_the_milestones_of_the_template(self):
        self.book()
        rows = [(m["key"], m["occurrence"], m["due"], m["state"]) for m in self.json("milestone", "list", "acme")]
        self.assertEqual(rows, [("signed", 1, "2026-03-02", "todo"), ("kickoff", 1, "2026-03-09", "todo"),
                                ("golive", 1, "2026-03-23", "todo"), ("review", 1, "2026-04-02", "todo"),
                                ("review", 2, "2026-05-02", "todo"), ("review", 3, "2026-06-02", "todo")])
        first = self.json("milestone", "list")[0]
        for field in ("customer key occurrence stage title due state done_on items items_done required visible owner "
                      "overdue_days waiting").split():
            self.assertIn(field, first)

    def test_done_completes_also_with_open_items_and_says_so(self):
        self.book()
        self.assertIn("2", self.run_tend("done", "acme", "kickoff").stderr.decode())
        kickoff = self.json("milestone", "show", "acme", "kickoff")
        self.assertEqual((kickoff["state"], kickoff["done_on"], kickoff["items"], kickoff["items_done"]),
                         ("done", TODAY, 2, 0))
        self.assertEqual(self.json("milestone", "show", "acme", "golive")["due"], "2026-03-30")
        self.fails(4, "done", "acme", "kickof", says="kickoff")
        self.ok("done", "acme", "review#2", "review#1")
        self.assertEqual([m["state"] for m in self.json("milestone", "list", "acme", 'key == "review"')],
                         ["done", "done", "todo"])

    def test_states_items_and_fields(self):
        self.book()
        self.ok("milestone", "start", "acme", "signed")
        self.ok("milestone", "block", "acme", "kickoff", "--reason", "no room")
        self.ok("milestone", "skip", "acme", "golive", "--reason", "not bought")
        states = {m["key"]: m["state"] for m in self.json("milestone", "list", "acme")}
        self.assertEqual((states["signed"], states["kickoff"], states["golive"]), ("doing", "blocked", "skipped"))
        self.ok("milestone", "reopen", "acme", "golive")
        self.ok("milestone", "check", "acme", "kickoff", "1")
        self.assertEqual(self.json("milestone", "show", "acme", "kickoff")["items_done"], 1)
        self.ok("milestone", "uncheck", "acme", "kickoff", "1")
        self.assertEqual(self.json("milestone", "show", "acme", "kickoff")["items_done"], 0)
        self.ok("milestone", "set", "acme", "kickoff", "due=2026-04-01", "owner=wang")
        kickoff = self.json("milestone", "show", "acme", "kickoff")
        self.assertEqual((kickoff["due"], kickoff["owner"]), ("2026-04-01", "wang"))
        self.ok("milestone", "add", "acme", "dinner", "Dinner with the board", "--stage", "growth", "--due", "2026-03-20")
        self.assertEqual(self.json("milestone", "show", "acme", "dinner")["title"], "Dinner with the board")

    def test_waiting_names_what_is_still_open(self):
        self.book()
        self.assertEqual(self.json("milestone", "show", "acme", "kickoff")["waiting"], ["signed"])
        self.ok("done", "acme", "signed")
        self.assertEqual(self.json("milestone", "show", "acme", "kickoff")["waiting"], [])

    def test_due_and_overdue(self):
        self.book()
        self.assertEqual([m["key"] for m in self.json("due")], ["golive"])
        self.assertEqual([m["key"] for m in self.json("due", "--overdue")], ["signed", "kickoff", "golive"])
        self.assertEqual([m["key"] for m in self.json("due", "--within", "3w")], ["golive", "review"])

    # --- journal ---
    def test_everything_is_undone_and_redone(self):
        self.book()
        edits = [("done", "acme", "signed", "kickoff"), ("customer", "set", "acme", "owner=wang", "started=2026-03-03"),
                 ("log", "acme", "--kind", "call", "They", "like it"), ("milestone", "check", "acme", "kickoff", "2"),
                 ("customer", "add", "new", "New", "--started", "2026-01-01", "--journey", "short", "--arr", "5"),
                 ("journey", "enroll", "yunlan", "short")]
        states = [self.dump()]
        for edit in edits:
            self.ok(*edit)
            states.append(self.dump())
            self.assertNotEqual(states[-1], states[-2], edit)
        for before in reversed(states[:-1]):
            self.ok("undo")
            self.assertEqual(self.dump(), before)
        for after in states[1:]:
            self.ok("redo")
            self.assertEqual(self.dump(), after)
        self.ok("undo", len(edits))
        self.assertEqual(self.dump(), states[0])
        self.fails(4, "undo", 99)
        self.assertEqual(self.dump(), states[0])
        self.ok("undo", 3)
        self.assertEqual(self.json("customer", "list"), [])
        self.fails(4, "undo")

    def test_history_has_one_entry_a_write(self):
        self.book()
        before = len(self.json("history"))
        self.ok("done", "acme", "signed", "kickoff")
        history = self.json("history")
        self.assertEqual(len(history), before + 1)
        for field in "id at actor command summary undone".split():
            self.assertIn(field, history[0])
        self.assertEqual((history[0]["actor"], history[0]["undone"]), ("li", False))
        self.ok("undo")
        self.assertEqual(len(self.json("history")), before + 1)
        self.assertIs(self.json("history")[0]["undone"], True)
        self.assertIn("customer add", self.json("history", "yunlan")[0]["command"])

    def test_a_dry_run_changes_nothing(self):
        self.book()
        before = self.dump(), self.json("history")
        self.ok("-n", "done", "acme", "signed")
        self.ok("-n", "customer", "add", "x", "X", "--started", "2026-01-01")
        self.ok("-n", "import", "customers", self.file("c.csv", "key,name,started\nz,Z,2026-01-01\n"))
        self.assertEqual((self.dump(), self.json("history")), before)

    # --- alerts and today ---
    def test_alerts_have_an_identity_and_a_life(self):
        self.book()
        alerts = self.json("alert", "list", "acme")
        self.assertEqual(len({a["rule"] for a in alerts}), len(alerts))
        overdue = next(a for a in alerts if a["rule"] == "milestone-overdue")
        for field in "id customer rule severity state raised last_seen count until title reason value_at_risk suggest".split():
            self.assertIn(field, overdue)
        self.assertEqual((overdue["state"], overdue["count"], overdue["raised"]), ("open", 1, TODAY))
        later = next(a for a in self.json("alert", "list", "acme", today="2026-03-18") if a["rule"] == "milestone-overdue")
        self.assertEqual((later["id"], later["count"], later["last_seen"]), (overdue["id"], 2, "2026-03-18"))
        self.ok("alert", "snooze", overdue["id"], "--until", "2026-03-25", "--reason", "on leave", today="2026-03-18")
        snoozed = next(a for a in self.json("alert", "list", "acme", today="2026-03-18") if a["id"] == overdue["id"])
        self.assertEqual((snoozed["state"], snoozed["until"]), ("snoozed", "2026-03-25"))
        self.ok("done", "acme", "signed", "kickoff", today="2026-03-19")
        self.assertNotIn(overdue["id"], [a["id"] for a in self.json("alert", "list", today="2026-03-19")])
        self.assertIn(overdue["id"], [a["id"] for a in self.json("alert", "list", "--all", today="2026-03-19")])
        self.ok("undo", today="2026-03-19")
        self.assertIn(overdue["id"], [a["id"] for a in self.json("alert", "list", today="2026-03-19")])

    def test_today_ranks_and_shows_the_arithmetic(self):
        self.book()
        queue = self.json("today")
        self.assertTrue(queue)
        self.assertEqual([r["rank"] for r in queue], sorted((r["rank"] for r in queue), reverse=True))
        for row in queue:
            for field in "kind customer subject title due rank terms".split():
                self.assertIn(field, row)
            self.assertAlmostEqual(sum(t["points"] for t in row["terms"]), row["rank"])

    def test_the_status_follows_the_term(self):
        self.book()
        self.assertEqual(self.json("customer", "show", "acme", today="2027-03-02")["status"], "lapsed")
        self.assertEqual(self.json("customer", "show", "acme", today="2027-03-01")["status"], "active")
        self.assertIn("term-over", [a["rule"] for a in self.json("alert", "list", "acme", today="2027-03-02")])
        self.ok("customer", "set", "acme", "status=churned", today="2027-03-02")
        self.assertEqual(self.json("customer", "show", "acme", today="2027-03-02")["status"], "churned")
        self.assertEqual(self.json("alert", "list", "acme", today="2027-03-02"), [])

    # --- journeys ---
    def test_check_finds_everything_at_once_with_its_place(self):
        bad = self.file("bad.yaml", JOURNEY.replace("title: {en: Short, zh: 简短}", "titel: {en: Short, zh: 简短}")
                        .replace("due: start + 5 workdays", "due: 2026-01-01").replace("after: [signed]", "after: [singed]"))
        message = self.fails(3, "check", bad)
        self.assertRegex(message, r"bad\.yaml:3:1: error: .*titel.*title")
        self.assertRegex(message, r"bad\.yaml:14:10: error: ")
        self.assertRegex(message, r"bad\.yaml:16:13: error: .*singed.*signed")
        self.ok("check", self.file("good.yaml", JOURNEY))
        self.fails(1, "check", self.dir / "none.yaml")
        rows = json.loads(self.run_tend("check", "-f", "json", bad).stdout)
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual(set(row), {"file", "line", "column", "severity", "rule", "message"})
            self.assertEqual(row["file"], str(bad))

    def test_warnings_count_where_check_is_strict(self):
        odd = self.file("odd.yaml", JOURNEY.replace("due: start + 5 workdays", "due: renewal"))
        quiet = self.file("quiet.yaml", JOURNEY[:JOURNEY.index("  - key: review")])
        self.ok("check", odd)
        self.assertEqual(self.run_tend("check", "--strict", odd).returncode, 3)
        self.assertEqual(self.run_tend("check", "--strict", quiet).returncode, 0)
        self.assertEqual(self.run_tend("check", "--strict", quiet, odd).returncode, 3)
        rows = json.loads(self.run_tend("check", "--strict", "-f", "json", odd).stdout)
        self.assertIn(("warning", "outside-stage"), {(r["severity"], r["rule"]) for r in rows})
        self.assertEqual(self.json("check", quiet), [])

    def test_a_folder_is_checked_with_all_that_is_in_it(self):
        folder = self.dir / "practice"
        (folder / "deep").mkdir(parents=True)
        (folder / "b.yaml").write_text(JOURNEY, encoding="utf-8")
        (folder / "deep/a.yaml").write_text("journey: ours\nversion: 1\nextends: short\n", encoding="utf-8")
        (folder / "notes.txt").write_text("no: yaml\n", encoding="utf-8")
        self.assertIn("2 files checked: 0 errors", self.run_tend("check", folder).stderr.decode())
        (folder / "deep/c.yml").write_text("calendar: x\nholiday: []\n", encoding="utf-8")
        self.assertIn(f"{folder}/deep/c.yml:2:1: error: ", self.fails(3, "check", folder))
        self.assertEqual([r["rule"] for r in json.loads(self.run_tend("check", folder / "deep/c.yml", "-f", "json").stdout)],
                         ["unknown-key"])
        (self.dir / "empty").mkdir()
        self.assertIn("0 files checked", self.run_tend("check", self.dir / "empty").stderr.decode())

    def test_files_of_any_kind_are_published_listed_and_shown(self):
        calendar = "calendar: cn\ntitle: {en: Ours, zh: 我们}\nholidays: [2026-03-17]\n"
        self.assertIn("calendar cn published", self.run_tend("publish", self.file("cn.yaml", calendar)).stderr.decode())
        rows = [r for r in self.json("document", "list") if (r["kind"], r["key"]) == ("calendar", "cn")]
        self.assertEqual([(r["title"], r["source"], r["version"], r["published"]) for r in rows],
                         [("Ours", "store", None, TODAY), ("Mainland China", "built-in", None, None)])
        self.assertEqual(self.ok("document", "show", "calendar", "cn"), calendar)
        rows = self.json("document", "list", 'kind == "theme" and source == "built-in"')
        self.assertIn("dark", [r["key"] for r in rows])
        self.ok("undo")
        self.assertNotEqual(self.ok("document", "show", "calendar", "cn"), calendar)
        self.fails(4, "document", "show", "calendar", "cm", says="cn")
        self.fails(2, "document", "show", "calender", "cn", says="calendar")
        self.fails(3, "publish", self.file("bad.yaml", "calendar: cn\nholidays: [soon]\n"), says="bad.yaml:2:12: error: ")

    def test_preview_lists_dates_without_touching_the_book(self):
        path = self.file("short.yaml", JOURNEY)
        rows = self.json("journey", "preview", path, "--start", "2026-01-31", "--term", "12m")
        self.assertEqual(set(rows[0]), set("key occurrence stage title due required visible after conditional".split()))
        self.assertEqual([(r["key"], r["occurrence"], r["due"]) for r in rows],
                         [("signed", 1, "2026-01-31"), ("kickoff", 1, "2026-02-06"), ("golive", 1, "2026-02-20"),
                          ("review", 1, "2026-02-28"), ("review", 2, "2026-03-31"), ("review", 3, "2026-04-30")])
        self.assertEqual(self.json("customer", "list"), [])

    def test_a_published_version_cannot_change(self):
        path = self.file("short.yaml", JOURNEY)
        self.ok("journey", "publish", path)
        changed = self.file("short2.yaml", JOURNEY.replace("Kick-off", "Kickoff"))
        self.assertNotEqual(self.run_tend("journey", "publish", changed).returncode, 0)
        self.ok("journey", "publish", self.file("short3.yaml", JOURNEY.replace("version: 1", "version: 2")))
        self.assertIn("version: 2", self.ok("journey", "show", "short"))
        self.assertIn("version: 1", self.ok("journey", "show", "short@1"))
        self.assertEqual(self.ok("journey", "show", "short@1"), JOURNEY)

    def test_the_built_in_journey_is_there(self):
        self.assertIn("tob-annual", [j["key"] for j in self.json("journey", "list")])
        rows = self.json("journey", "preview", "tob-annual", "--start", "2026-01-05")
        self.assertGreater(len(rows), 30)
        self.ok("customer", "add", "a", "A", "--started", "2026-01-05", "--journey", "tob-annual")
        self.assertEqual(self.json("customer", "show", "a")["journey"], "tob-annual@1")

    # --- import ---
    def test_import_twice_changes_nothing(self):
        self.book()
        files = {
            "customers": "key,name,started,term,owner,arr,currency\nk1,Käse,2026-01-01,1y,li,\"1200.50\",EUR\nacme,Acme Works,2026-03-02,,wang,,\n",
            "subscriptions": "key,customer,start,end,annual,currency,trial\ns1,k1,2026-01-01,,300,EUR,no\n",
            "usage": "customer,metric,date,value\nk1,logins,2026-03-01,5\nk1,logins,2026-03-02,0\nk1,logins,2026-03-01,2\n",
            "activities": "customer,date,kind,text\nk1,2026-03-03,call,\"Line one\nline two\"\n",
        }
        for kind, text in files.items():
            path = self.file(kind + ".csv", text)
            first = self.json("import", kind, path)
            self.assertEqual(first["rejected"], 0)
            before, history = self.dump(), len(self.json("history"))
            second = self.json("import", kind, path)
            self.assertEqual((second["added"], second["updated"]), (0, 0), kind)
            self.assertEqual((self.dump(), len(self.json("history"))), (before, history))
            self.ok("undo")
            self.ok("redo")
            self.assertEqual(self.dump(), before)
        self.assertEqual(self.json("customer", "show", "k1")["arr"], 1500.5)
        self.assertEqual(self.json("customer", "show", "acme")["owner"], "wang")
        self.assertEqual({(p["date"], p["value"]) for p in self.json("usage", "list", "k1")},
                         {("2026-03-01", 7), ("2026-03-02", 0)})
        self.assertEqual(self.json("activity", "list", "k1")[0]["text"], "Line one\nline two")

    def test_one_bad_row_rejects_the_file_and_every_bad_row_is_named(self):
        self.book()
        path = self.file("u.csv", "customer,metric,date,value\nacme,logins,2026-03-01,1\nnobody,logins,2026-03-01,1\n"
                         "acme,logins,2026-02-30,1\nacme,logins,2026-03-03,many\nacme,logins\n")
        before = self.dump()
        message = self.fails(3, "import", "usage", path)
        for line in (3, 4, 5, 6):
            self.assertIn(f"u.csv:{line}:", message)
        self.assertEqual(self.dump(), before)
        report = self.json("import", "usage", path, "--partial")
        self.assertEqual((report["read"], report["added"], report["rejected"]), (5, 1, 4))
        self.assertEqual([r["line"] for r in report["rejects"]], [3, 4, 5, 6])
        rejects = self.dir / "u.csv.rejected.csv"
        self.assertEqual(stat.S_IMODE(rejects.stat().st_mode), 0o600)
        rows = list(csv.reader(open(rejects, encoding="utf-8", newline="")))
        self.assertEqual(rows[0], ["customer", "metric", "date", "value", "reason"])
        self.assertEqual(len(rows), 5)

    def test_maps_values_where_and_custom_fields(self):
        mapping = self.file("m.yaml", """\
            map: theirs
            kind: customers
            columns:
              key: id
              name: company
              started: {column: since, format: "%d/%m/%Y"}
              status: gone
              owner: {const: wang}
              journey: {const: tob-annual}
            values:
              status: {"True": churned, "False": active}
            where: seats > 1
            extra: keep
            """)
        rows = self.file("t.csv", "id;company;since;gone;seats\nA;Alpha;05/01/2026;False;9\nB;Beta;06/01/2026;True;3\nC;One;06/01/2026;True;1\n")
        report = self.json("import", "customers", rows, "--map", mapping)
        self.assertEqual((report["read"], report["added"]), (3, 2))
        alpha = self.json("customer", "show", "A")
        self.assertEqual((alpha["started"], alpha["owner"], alpha["seats"], alpha["journey"]),
                         ("2026-01-05", "wang", "9", "tob-annual@1"))
        self.assertEqual(self.ok("customer", "list", "seats > 5", "-q"), "A\n")
        self.assertEqual(self.json("customer", "show", "B")["status"], "churned")

    def test_json_lines_and_other_encodings(self):
        rows = self.file("c.jsonl", '{"key":"j1","name":"Jay","started":"2026-01-01T10:00:00Z"}\n{"key":"j2","name":"云","started":"2026-01-02"}\n')
        self.assertEqual(self.json("import", "customers", rows)["added"], 2)
        mapping = self.file("g.yaml", "map: g\nkind: customers\nencoding: gb18030\ncolumns: {key: 编号, name: 名称, started: 日期}\n")
        self.json("import", "customers", self.file("g.csv", "编号,名称,日期\r\ng1,云图物流,2026-01-03\r\n".encode("gb18030")), "--map", mapping)
        self.assertEqual(self.json("customer", "show", "g1")["name"], "云图物流")

    def test_import_errors(self):
        self.fails(1, "import", "customers", self.dir / "none.csv", says="none.csv")
        self.fails(2, "import", "custmers", self.file("a.csv", "key\n"), says="customers")
        self.fails(3, "import", "customers", self.file("b.csv", "key,started\nx,2026-01-01\n"), says="name")
        self.fails(3, "import", "customers", self.file("c.csv", "key,name,started\nx,X,2026-01-01\nx,Y,2026-01-01\n"), says="c.csv:3:")
        self.fails(3, "import", "customers", self.file("d.csv", b"key,name,started\nx,\xff,2026-01-01\n"), says="d.csv:2:")

    def test_hostile_cells_are_guarded_and_come_back(self):
        self.ok("customer", "add", "h", "=cmd|' /C calc'!A0", "--started", "2026-01-01")
        text = self.ok("customer", "list", "-f", "csv")
        self.assertIn("'=cmd", text)
        self.ok("undo")
        self.ok("import", "customers", self.file("h.csv", text.encode()), "--map",
                self.file("h.yaml", "map: h\nkind: customers\ncolumns: {key: key, name: name, started: started}\n"))
        self.assertEqual(self.json("customer", "show", "h")["name"], "=cmd|' /C calc'!A0")

    # --- out ---
    def test_renewal_packs(self):
        self.book()
        for form in ("md", "html", "csv", "json"):
            text = self.ok("renewal", "prepare", "acme", "--format", form)
            self.assertIn("Acme Works", text)
        json.loads(self.ok("renewal", "prepare", "acme", "--format", "json"))
        out = self.dir / "packs"
        self.ok("renewal", "prepare", "acme", "yunlan", "--out", out)
        path = out / "acme-renewal.md"
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertIn("- [ ]", self.ok("renewal", "prepare", "acme", "--format", "md"))
        self.fails(1, "renewal", "prepare", "acme", "--out", out, says="acme-renewal.md")
        self.ok("renewal", "prepare", "acme", "--out", out, "--force")
        self.ok("renewal", "prepare", "--within", "60d", "--out", self.dir / "season", today="2027-02-01")
        self.assertEqual([p.name for p in (self.dir / "season").iterdir()], ["acme-renewal.md"])

    def test_the_screen_as_text(self):
        self.book()
        lines = self.ok("screen", "--size", "80x24", "--view", "portfolio").split("\n")
        self.assertTrue(any("Acme Works" in line for line in lines))
        self.assertLessEqual(len(lines), 25)
        after = self.ok("screen", "--size", "80x24", "--view", "portfolio", "--keys", "j ?")
        self.assertNotEqual(after.split("\n"), lines)

    # --- store ---
    def test_a_store_is_only_created_on_request(self):
        none = self.dir / "none.db"
        self.fails(5, "customer", "list", db=none, says="store init")
        self.assertFalse(none.exists())
        empty = self.file("empty.db", "")
        self.fails(5, "customer", "list", db=empty)
        self.fails(5, "customer", "list", db=self.file("text.db", "hello " * 1000))
        self.assertNotEqual(self.run_tend("store", "init").returncode, 0)
        self.assertEqual(stat.S_IMODE(self.db.stat().st_mode), 0o600)

    def test_backup_check_info_restore(self):
        self.book()
        self.ok("store", "check")
        copy = self.dir / "copy.db"
        self.ok("store", "backup", copy)
        self.assertEqual(stat.S_IMODE(copy.stat().st_mode), 0o600)
        self.fails(1, "store", "backup", copy, says="copy.db")
        before = self.dump()
        self.ok("customer", "set", "acme", "owner=x")
        self.ok("store", "restore", copy)
        self.assertEqual(self.dump(), before)
        self.assertTrue(self.json("store", "info"))

    def test_generate_is_reproducible(self):
        books = []
        for name in ("g1.db", "g2.db"):
            self.ok("store", "generate", "--customers", "20", "--seed", "7", db=self.dir / name, today=None)
            books.append(self.ok("customer", "list", "-f", "csv", db=self.dir / name, today=None))
        self.assertEqual(books[0], books[1])
        self.assertEqual(len(json.loads(self.ok("customer", "list", "-f", "json", db=self.dir / "g1.db", today=None))), 20)

    def test_the_day(self):
        self.book()
        env = {"TEND_TODAY": "2026-03-20"}
        self.assertEqual(self.json("customer", "show", "acme", env=env, today=None)["days_to_renewal"], 347)
        self.assertEqual(self.json("customer", "show", "acme", env=env)["days_to_renewal"], 351)
        real = self.json("customer", "show", "acme", today=None)["days_to_renewal"]
        self.assertLessEqual(abs(real - (datetime.date(2027, 3, 2) - datetime.date.today()).days), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[1:], verbosity=1)
