#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The built-in journeys at work: what comes, goes and is done by itself while a customer's year goes on.

usage: scenarios.py TEND
"""
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TEND = pathlib.Path(sys.argv[1]).resolve()
START = "2026-01-05"


class Scenarios(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.env = {"HOME": folder.name, "XDG_CONFIG_HOME": folder.name, "LC_ALL": "C.UTF-8",
            "USER": "li", "TEND_DB": f"{folder.name}/tend.db"}
        self.at(START, "store", "init")

    def at(self, day, *words):
        return subprocess.run([TEND, "--today", day, *words], env=self.env, capture_output=True,
            text=True, check=True).stdout

    def add(self, journey, *words):
        self.at(START, "customer", "add", "acme", "Acme", "--started", START, "--journey", journey, *words)

    def state(self, day, key):
        """The states of the occurrences of a milestone; an empty list where it is not there."""
        rows = json.loads(self.at(day, "-f", "json", "milestone", "list", "acme"))
        return [(m["state"], m["by_condition"]) for m in rows if m["key"] == key]

    def use(self, metric, points):
        for day, value in points:
            self.at(day, "usage", "add", "acme", f"metric={metric}", f"value={value}", f"date={day}")

    def test_large_contracts_get_more(self):
        self.add("tob-annual", "--segment", "mid", "--arr", "50000")
        for key in ("consulting", "sponsor-meeting"):
            self.assertEqual(self.state(START, key), [], key)
        self.at(START, "customer", "set", "acme", "segment=enterprise")
        self.assertEqual(self.state(START, "consulting"), [("todo", False)])
        self.assertEqual(self.state(START, "sponsor-meeting"), [("todo", False)] * 3)
        self.at("2026-02-02", "milestone", "start", "acme", "consulting")
        self.at("2026-02-02", "customer", "set", "acme", "segment=mid")
        self.assertEqual(self.state("2026-02-02", "consulting"), [("doing", False)])  # it was begun
        self.assertEqual(self.state("2026-02-02", "sponsor-meeting"), [])

    def test_an_amount_is_as_good_as_a_segment(self):
        self.add("tob-annual", "--arr", "250000")
        self.assertEqual(self.state(START, "consulting"), [("todo", False)])
        self.assertEqual(self.state(START, "sponsor-meeting"), [])

    def test_win_back_comes_with_the_loss_and_goes_with_the_return(self):
        self.add("tob-annual")
        keys = ("exit-talk", "winback-attempt", "churn-research", "churn-research-quarter", "lead-pool")
        for key in keys:
            self.assertEqual(self.state("2026-12-31", key), [], key)
        self.at("2027-01-05", "evaluate")
        for key, many in zip(keys, (1, 3, 3, 1, 1)):
            self.assertEqual(self.state("2027-01-05", key), [("todo", False)] * many, key)
        self.at("2027-01-06", "done", "acme", "exit-talk")
        self.at("2027-01-20", "customer", "set", "acme", "term=24m")
        self.assertEqual(self.state("2027-01-20", "exit-talk"), [("done", False)])
        for key in keys[1:]:
            self.assertEqual(self.state("2027-01-20", key), [], key)

    def test_the_pool_ends_the_win_back(self):
        self.add("tob-annual")
        self.at("2027-01-05", "evaluate")
        self.at("2027-01-06", "done", "acme", "exit-talk")
        self.at("2027-02-05", "done", "acme", "winback-attempt")
        self.at("2027-03-01", "customer", "set", "acme", "status=pooled")
        self.assertEqual(self.state("2027-03-01", "lead-pool"), [("done", True)])
        self.assertEqual(self.state("2027-03-01", "winback-attempt"), [("done", False)])
        self.assertEqual(len(self.state("2027-03-01", "churn-research")), 3)  # what we learn stays to do

    def test_use_that_has_taken_hold_is_seen_in_the_data(self):
        self.add("tob-annual")
        weeks = ["2026-02-16", "2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16"]
        self.use("active_users", [(day, 12) for day in weeks])
        self.use("key_actions", [(day, 40) for day in weeks])
        self.assertEqual(self.state(weeks[-1], "use-established"), [("todo", False)])  # it waits
        plan = json.loads(self.at(weeks[-1], "-f", "json", "milestone", "show", "acme", "use-established"))
        self.assertEqual(plan["after"], ["training-sessions"])
        self.at(weeks[-1], "done", "acme", "training-sessions")
        self.assertEqual(self.state(weeks[-1], "use-established"), [("done", True)])
        self.at(weeks[-1], "milestone", "reopen", "acme", "use-established")
        self.use("key_actions", [("2026-03-23", 60)])
        self.at("2026-03-24", "evaluate")
        self.assertEqual(self.state("2026-03-24", "use-established"), [("todo", False)])  # a person's word

    def test_little_use_does_not_pass_for_use(self):
        self.add("tob-annual")
        weeks = ["2026-02-16", "2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16"]
        self.use("active_users", [(day, 12) for day in weeks])
        self.use("key_actions", [(day, 8) for day in weeks])  # three each in a month
        self.at(weeks[-1], "done", "acme", "training-sessions")
        self.assertEqual(self.state(weeks[-1], "use-established"), [("todo", False)])

    def test_the_service_model_sees_the_go_live(self):
        self.add("saas-service")
        self.use("active_users", [("2026-01-20", 2), ("2026-01-27", 4), ("2026-02-03", 5), ("2026-02-09", 6)])
        self.use("key_actions", [("2026-01-20", 30), ("2026-02-03", 30)])
        self.at("2026-02-03", "done", "acme", "material")
        self.assertEqual(self.state("2026-02-03", "go-live"), [("done", True)])

    def run_playbook(self, day, key):
        self.at(day, "playbook", "run", "acme", key)

    def steps(self, day, key):
        """The states of the steps of a playbook that the plan has."""
        rows = json.loads(self.at(day, "-f", "json", "milestone", "list", "acme"))
        return {m["key"].partition(".")[2]: m["state"] + (" by condition" if m["by_condition"] else "")
            for m in rows if m["key"].startswith(key + ".")}

    def fade(self):
        """Half a year of use, which falls to a third; returns the day."""
        self.add("tob-annual")
        first = datetime.date.fromisoformat(START)
        weeks = [first + datetime.timedelta(days=7 * n) for n in range(30)]
        lines = [f"acme,logins,{day},{90 if n < 26 else 30}" for n, day in enumerate(weeks)]
        path = pathlib.Path(self.env["HOME"]) / "usage.csv"
        path.write_text("customer,metric,date,value\n" + "\n".join(lines) + "\n", encoding="utf-8")
        day = str(weeks[-1])
        self.at(day, "import", "usage", path)
        return day

    def after(self, day, days):
        return str(datetime.date.fromisoformat(day) + datetime.timedelta(days=days))

    def test_steps_against_fading_use_stop_when_it_recovers(self):
        day = self.fade()
        self.run_playbook(day, "fading")
        self.assertEqual(list(self.steps(day, "fading")),
            ["look", "nudge", "free-training", "content", "offer", "verdict"])
        self.at(day, "done", "acme", "fading.look", "fading.nudge")
        self.at(day, "milestone", "start", "acme", "fading.free-training")
        self.use("logins", [(self.after(day, 7 * n), 95) for n in range(1, 6)])
        later = self.after(day, 40)
        self.at(later, "evaluate")
        self.assertEqual(self.steps(later, "fading"), {"look": "done", "nudge": "done",
            "free-training": "doing", "verdict": "done by condition"})  # what was begun stays
        told = self.at(later, "explain", "condition", "acme", "fading.verdict")
        self.assertIn("avg(logins, 180d)", told)

    def test_they_come_back_with_the_next_fall_while_it_goes_on(self):
        day = self.fade()
        self.run_playbook(day, "fading")
        self.use("logins", [(self.after(day, 7 * n), 95) for n in range(1, 5)])
        self.at(self.after(day, 30), "evaluate")
        self.assertEqual(list(self.steps(self.after(day, 30), "fading")), ["look", "nudge", "verdict"])
        later = self.after(day, 45)
        self.at(later, "evaluate")  # no login for two weeks
        self.assertEqual(self.steps(later, "fading")["offer"], "todo")
        self.assertEqual(len(self.steps(later, "fading")), 6)

    def test_what_is_taken_back_stays_taken_back(self):
        self.add("saas-service")
        self.at(START, "complaint", "add", "acme", "text=Slow", "severity=high", f"opened={START}")
        self.run_playbook(START, "complaint-recovery")
        self.at(START, "done", "acme", "complaint-recovery.answer", "complaint-recovery.cause")
        self.assertEqual(self.steps(START, "complaint-recovery")["remedy"], "todo")
        self.at("2026-01-07", "complaint", "set", "acme-complaint-1", "closed=2026-01-07")
        self.assertEqual(self.steps("2026-01-07", "complaint-recovery")["remedy"], "done by condition")
        self.at("2026-01-07", "milestone", "reopen", "acme", "complaint-recovery.remedy")
        self.at("2026-01-08", "evaluate")
        self.assertEqual(self.steps("2026-01-08", "complaint-recovery")["remedy"], "todo")
        self.at("2026-01-08", "undo", "4")  # up to and with the run
        self.assertEqual(self.steps("2026-01-08", "complaint-recovery"), {})
        self.at("2026-01-08", "done", "acme", "needs")
        self.run_playbook("2026-01-08", "complaint-recovery")  # and from the beginning
        self.at("2026-01-08", "done", "acme", "complaint-recovery.answer", "complaint-recovery.cause")
        self.at("2026-01-09", "complaint", "set", "acme-complaint-1", "closed=2026-01-09")
        self.assertEqual(self.steps("2026-01-09", "complaint-recovery")["remedy"], "done by condition")

    def test_a_second_run_has_conditions_of_its_own(self):
        self.add("saas-service")
        for n, day in enumerate(("2026-02-02", "2026-05-04"), 1):
            self.at(day, "complaint", "add", "acme", f"text=Slow {n}", "severity=high", f"opened={day}")
            self.run_playbook(day, "complaint-recovery")
            self.at(day, "complaint", "set", f"acme-complaint-{n}", f"closed={day}")
            for step in ("answer", "cause", "close", "prevent", "after-care"):
                self.at(day, "done", "acme", f"complaint-recovery.{step}#{n}")
            rows = json.loads(self.at(day, "-f", "json", "milestone", "list", "acme"))
            states = [m["by_condition"] for m in rows if m["key"] == "complaint-recovery.remedy"]
            self.assertEqual(states, [True] * n)

    def test_a_customer_who_is_back_needs_no_win_back(self):
        self.add("saas-service")
        self.at("2027-01-11", "customer", "set", "acme", "status=churned")
        self.run_playbook("2027-01-11", "win-back")
        self.assertEqual(len(self.steps("2027-01-11", "win-back")), 5)
        self.at("2027-01-13", "done", "acme", "win-back.reason")
        self.at("2027-02-01", "customer", "set", "acme", "status=active", "term=24m")
        self.assertEqual(self.steps("2027-02-01", "win-back"), {"reason": "done"})

    def test_playbooks_need_no_journey(self):
        self.at(START, "customer", "add", "acme", "Acme", "--started", START)
        self.at(START, "customer", "set", "acme", "status=churned")
        self.run_playbook(START, "win-back")
        self.assertEqual(set(self.steps(START, "win-back").values()), {"todo"})
        self.at("2026-01-06", "customer", "set", "acme", "status=active")
        self.assertEqual(self.steps("2026-01-06", "win-back"), {})
        self.at("2026-01-06", "undo")
        self.assertEqual(len(self.steps("2026-01-06", "win-back")), 5)
        self.at("2026-01-06", "redo")
        self.assertEqual(self.steps("2026-01-06", "win-back"), {})

    def test_a_generated_book_is_as_enrolling_would_make_it(self):
        self.env["TEND_DB"] = self.env["TEND_DB"].replace("tend.db", "generated.db")
        subprocess.run([TEND, "--db", self.env["TEND_DB"], "store", "generate", "--customers", "60",
            "--seed", "3"], env=self.env, capture_output=True, check=True)

        def read(*words):
            return json.loads(subprocess.run([TEND, "-f", "json", *words, "list"], env=self.env,
                capture_output=True, text=True, check=True).stdout)
        book = {c["key"]: c for c in read("customer")}
        plans = read("milestone")
        self.assertIn(round(len(plans) / len(book)), range(28, 37))
        lost = {c for c, row in book.items() if row["status"] != "active"}
        large = {c for c, row in book.items()
            if row["segment"] == "enterprise" or (row["arr"] or 0) >= 200000}
        for key, wanted in (("exit-talk", {c for c in lost if book[c]["status"] != "pooled"}),
                ("lead-pool", lost), ("consulting", large)):
            self.assertTrue(wanted)
            self.assertEqual({m["customer"] for m in plans if m["key"] == key}, wanted, key)


if __name__ == "__main__":
    result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Scenarios))
    sys.exit(not result.wasSuccessful())
