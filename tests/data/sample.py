#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The sample book shows what the program can do, and is what script/make-sample makes.

usage: sample.py TEND SOURCE_ROOT [fresh]
"""
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TEND, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
LIMIT = 3 * 1024 * 1024


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = pathlib.Path(cls.folder.name) / "sample.db"
        shutil.copyfile(ROOT / "sample.db", cls.store)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def tend(self, *words):
        env = {"HOME": self.folder.name, "XDG_CONFIG_HOME": self.folder.name, "LC_ALL": "C.UTF-8",
            "USER": "test", "TEND_DB": str(self.store), "SOURCE_DATE_EPOCH": "1800000000"}
        return subprocess.run([TEND, *words], env=env, capture_output=True, text=True, check=True).stdout

    def list(self, *words):
        return json.loads(self.tend("-f", "json", *words))

    def test_it_is_small_and_sound(self):
        self.assertLess((ROOT / "sample.db").stat().st_size, LIMIT)
        self.tend("store", "check")

    def test_it_has_a_day_of_its_own(self):
        info = {s["name"]: s["value"] for s in self.list("store", "info")}
        self.assertEqual(info["today"], "2026-11-16")

    def test_it_shows_every_stage_state_and_segment(self):
        book = self.list("customer", "list")
        self.assertEqual(len(book), 48)
        for field, wanted in {
                "stage": {"growth", "maturity", "renewal", "winback", "setup", "service"},
                "status": {"active", "lapsed", "churned", "pooled"},
                "segment": {"enterprise", "mid", "small"},
                "owner": {"li", "wang", "chen", "emma", "tom"},
                "currency": {"CNY", "USD", "EUR"},
                "track": {"on-track", "behind", "stuck"},
                "journey": {"tob-annual@1", "saas-service@1"}}.items():
            self.assertLessEqual(wanted, {c[field] for c in book}, field)
        chinese = [c for c in book if any("\u4e00" <= x <= "\u9fff" for x in c["name"])]
        self.assertEqual(len(chinese), 24)
        self.assertTrue(any("🐾" in c["name"] for c in book))

    def test_it_shows_every_alert_rule_and_state(self):
        alerts = self.list("alert", "list", "--all")
        self.assertEqual({a["rule"] for a in alerts}, {"milestone-overdue", "milestone-due-soon",
            "renewal-window", "no-contact", "term-over"})
        self.assertEqual({a["state"] for a in alerts}, {"open", "acked", "snoozed", "resolved"})
        self.assertGreater(len({a["raised"] for a in alerts}), 5)

    def test_stages_sort_in_the_order_of_their_journeys(self):
        orders = {"tob-annual@1": ["growth", "maturity", "renewal", "winback"],
                  "saas-service@1": ["setup", "service", "renewal", "winback"]}
        for sort in ("stage", "-stage"):
            rows = [c for c in self.list("customer", "list", "--sort", sort) if c["stage"]]
            places = [orders[c["journey"]].index(c["stage"]) for c in rows]
            self.assertEqual(places, sorted(places, reverse=sort[0] == "-"))
            self.assertGreater(len(set(places)), 3)

    def test_a_queue_and_alerts_can_be_narrowed_to_an_owner(self):
        mine = {c["key"] for c in self.list("customer", "list", 'owner == "li"')}
        for words in (("today",), ("alert", "list")):
            rows = self.list(*words, 'owner == "li"')
            self.assertTrue(rows)
            self.assertLessEqual({r["customer"] for r in rows}, mine)
            self.assertEqual(len(rows), len([r for r in self.list(*words) if r["customer"] in mine]))

    def test_milestones_are_in_every_state_with_their_items(self):
        milestones = self.list("milestone", "list")
        states = collections.Counter(m["state"] for m in milestones)
        self.assertEqual(set(states), {"todo", "doing", "blocked", "done", "skipped"})
        done = [m for m in milestones if m["state"] == "done"]
        self.assertTrue(all(m["items_done"] == m["items"] for m in done))
        self.assertTrue(all(m["done_on"] <= "2026-11-16" for m in done))

    def test_playbooks_are_under_way_and_conditions_have_acted(self):
        runs = {(r["customer"], r["playbook"]): r for r in self.list("playbook", "runs")}
        self.assertEqual(set(runs), {("lanternfish", "complaint-recovery"), ("juzi", "fading"),
            ("haitang", "fading")})
        self.assertEqual([r["done"] for r in runs.values()].count(1), 2)
        self.assertTrue(all(r["open"] > 3 for r in runs.values()))
        self.assertTrue(self.list("milestone", "list", "by_condition == true"))

    def test_customers_have_contacts_and_a_year_of_usage(self):
        contacts = collections.Counter(a["customer"] for a in self.list("activity", "list"))
        self.assertGreaterEqual(min(contacts.values()), 5)
        self.assertEqual(len(contacts), 48)
        points = self.list("usage", "list", "qinghe")
        self.assertEqual({p["metric"] for p in points}, {"logins", "active_users", "key_actions"})
        self.assertGreater(len(points), 3 * 50)
        self.assertTrue(all(p["date"] <= "2026-11-16" for p in self.list("usage", "list")))

    def test_who_did_not_renew_has_not_signed_and_who_signed_goes_on(self):
        book = {c["key"]: c for c in self.list("customer", "list")}
        signed = set()
        for m in self.list("milestone", "list", 'state == "done"'):
            if m["key"] in ("renewal-signed", "renewed"):
                signed.add(m["customer"])
                self.assertEqual(book[m["customer"]]["status"], "active", m["customer"])
                self.assertGreater(book[m["customer"]]["days_to_renewal"], 300, m["customer"])
        self.assertEqual(signed, {"changfeng", "kestrel-vale"})
        terms = [e["command"] for e in self.list("history") if e["command"].endswith(" term=24m")]
        self.assertEqual(len(terms), len(signed))
        paid = {s["customer"] for s in self.list("subscription", "list") if s["start"] > "2026-11-16"}
        self.assertEqual(paid, signed)
        self.assertTrue(all(c["days_to_renewal"] > 0 for c in book.values() if c["status"] == "active"))

    def test_little_is_done_ahead_and_little_is_very_late(self):
        ahead = self.list("milestone", "list", 'state == "done" and due > "2026-11-16"')
        self.assertIn(len(ahead), range(1, 6))
        self.assertTrue(all(m["due"] <= "2026-11-30" for m in ahead))
        late = [m for m in self.list("milestone", "list") if (m["overdue_days"] or 0) > 0]
        self.assertLessEqual(len([m for m in late if m["overdue_days"] > 30]), 5)
        self.assertGreater(len(late), 30)
        self.assertTrue(all(m["owner"] for m in late))

    def test_the_queue_of_an_owner_is_a_mix(self):
        kinds = collections.Counter(r["kind"] for r in self.list("today", 'owner == "li"'))
        for kind, least in {"overdue": 5, "due": 3, "alert": 5, "renewal": 2}.items():
            self.assertGreaterEqual(kinds[kind], least, kind)

    def test_tags_stand_one_by_one(self):
        tags = {tag for c in self.list("customer", "list") for tag in c["tags"]}
        self.assertLessEqual({"vip", "连锁", "advocate", "续费有风险"}, tags)
        self.assertFalse([tag for tag in tags if set(tag) & set(";；,， ")])

    def test_usage_tells_the_stories(self):
        def logins(key, first, last):
            return sum(p["value"] for p in points if p["customer"] == key and p["metric"] == "logins"
                and first <= p["date"] <= last)
        points = self.list("usage", "list")
        for key, least, most in (("qinghe", 1.0, 1.6), ("ironbark", 0.85, 1.15),
                ("banxia", 0.2, 0.75), ("zhujian", 0.0, 0.0), ("quillfeather", 0.0, 0.0)):
            now = logins(key, "2026-10-20", "2026-11-16")
            before = logins(key, "2026-08-11", "2026-09-07")
            self.assertGreater(before, 0, key)
            self.assertTrue(least <= now / before <= most, f"{key}: {before} then {now}")

    def test_a_pack_of_an_active_customer_says_nothing_of_win_back(self):
        self.assertNotIn("Talk at the end", self.tend("renewal", "prepare", "jiuwanli"))
        self.assertIn("Renewal contract signed", self.tend("renewal", "prepare", "jiuwanli"))
        self.assertIn("Talk at the end", self.tend("renewal", "prepare", "nanping"))

    def test_history_is_a_week_of_work_that_can_be_taken_back(self):
        entries = self.list("history")
        self.assertIn(len(entries), range(36, 48))
        self.assertTrue(any(e["undone"] for e in entries))
        self.assertGreaterEqual(len({e["actor"] for e in entries}), 5)
        before = self.list("customer", "show", "qinghe")
        self.tend("log", "qinghe", "--kind", "note", "a slip")
        self.tend("undo")
        self.assertEqual(self.list("customer", "show", "qinghe"), before)


class Fresh(unittest.TestCase):
    def test_it_is_what_the_script_makes(self):
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder) / "made.db"
            subprocess.run([sys.executable, ROOT / "script/make-sample", TEND, made], check=True)
            self.assertTrue(made.read_bytes() == (ROOT / "sample.db").read_bytes(),
                "sample.db is not up to date: script/make-sample build/tend sample.db")


if __name__ == "__main__":
    case = Fresh if sys.argv[3:] == ["fresh"] else Sample
    result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(case))
    sys.exit(not result.wasSuccessful())
