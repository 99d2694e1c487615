#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Maps that `tend import --inspect` proposes: they check, they take the file in, and say what could not be told.

usage: proposals.py PROGRAM [unittest arguments]
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1])

# name of the file, its text, the kind, lines of the map, what must not be in it
FILES = [
    ("accounts.csv",
     "account_id,account_name,sector,country,signup_date,plan_tier,churn_flag\n"
     "A-1,Acme,EdTech,US,2024-10-16,Basic,False\nA-2,Beta,FinTech,IN,2023-08-17,Pro,True\n",
     "customers", ['key: "account_id"', 'name: "account_name"', 'started: "signup_date"', 'industry: "sector"',
                   '"True": churned', '"False": active', "extra: keep", '"country": US, IN'], ["key: \"country"]),
    ("客户.csv", "客户编号,客户名称,签约日期,合同期,客户经理,年费,币种,备注\n"
     "K-1,甲公司,2025/03/01,12,李明,12000.50,CNY,重点\nK-2,乙公司,2025/4/15,24,王芳,800,CNY,\n",
     "customers", ['key: "客户编号"', 'name: "客户名称"', 'started: {format: "%Y/%m/%d", column: "签约日期"}',
                   'term: "合同期"', 'owner: "客户经理"', 'arr: "年费"', 'currency: "币种"'], []),
    ("tickets.csv", "Ticket ID;Account;Submitted At;Resolved At;Priority;Satisfaction\n"
     "T-1;A-1;31/01/2026;;P1;4\nT-2;A-2;02/02/2026;03/02/2026;normal;\nT-3;A-2;02/02/2026;;odd;5\n",
     "complaints", ['key: "Ticket ID"', 'customer: "Account"',
                    'opened: {format: "%d/%m/%Y", column: "Submitted At"}   # ? or the month first',
                    'severity: "Priority"', '"P1": urgent', '"normal": medium', '# ? "odd": low, medium, high, urgent'],
     []),
    ("people.csv", "Full Name,Company ID,Job Title,E-Mail,Mobile,Role,Influence\n"
     "Ann Lee,A-1,CTO,ann@x.example,123,chair,High\nBo,A-2,,bo@x.example,,user,\n",
     "contacts", ['customer: "Company ID"', 'name: "Full Name"', 'title: "Job Title"', 'email: "E-Mail"',
                  'phone: "Mobile"', 'role: "Role"', 'influence: "Influence"'], ["values:"]),
    ("usage.csv", "subscription_id,usage_date,feature_name,usage_count\nS-1,2026-01-02,export,3\n",
     "usage", ['customer: {via: subscriptions, column: "subscription_id"}', 'date: "usage_date"',
               'metric: "feature_name"', 'value: "usage_count"', "combine: sum"], []),
    ("投诉.csv", "客户,提出日期,优先级,描述\nA-1,2026年1月5日,高,登录慢\nA-2,2026年1月6日,紧急,\"多\n行\"\n",
     "complaints", ['customer: "客户"', 'opened: {format: "%Y年%m月%d日", column: "提出日期"}', 'severity: "优先级"',
                    'text: "描述"'], []),
    ("survey.jsonl", '{"client": "A-1", "day": "2026-01-02", "type": "nps", "nps_score": 9}\n',
     "surveys", ['customer: "client"', 'date: "day"', 'kind: "type"', 'score: "nps_score"'], []),
    ("hostile.csv", "account_id,account_name,\"a\"\"b: #\\n{x}\"\n\"A-1\",\"Ac\u202eme\x1b[31m\",\"=1+1\n# x\"\n",
     "customers", ['key: "account_id"', 'name: "account_name"'], ["\u202e", "\x1b", "\n# x"]),
]


class Inspect(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.dir = pathlib.Path(self.folder.name)

    def run_tend(self, *args):
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.dir), "USER": "li"}
        env.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})
        return subprocess.run([PROGRAM, "--db", self.dir / "book.db", "--today", "2026-03-16", *args],
                              capture_output=True, env=env, cwd=self.dir, timeout=60, check=False,
                              stdin=subprocess.DEVNULL)

    def ok(self, *args):
        done = self.run_tend(*args)
        self.assertEqual(done.returncode, 0, f"{args}: {done.stderr.decode()}")
        return done.stdout.decode()

    def file(self, name, text, encoding="utf-8"):
        path = self.dir / name
        path.write_bytes(text.encode(encoding))
        return path

    def test_maps_are_proposed_checked_and_used(self):
        self.ok("store", "init")
        for key in ("A-1", "A-2"):
            self.ok("customer", "add", key, key, "--started", "2026-01-01")
        self.ok("subscription", "add", "A-1", "key=S-1")
        for name, text, kind, has, lacks in FILES:
            with self.subTest(file=name):
                path = self.file(name, text)
                proposed = self.ok("import", "--inspect", path)
                self.assertIn(f"\nkind: {kind}\n", proposed)
                for line in has:
                    self.assertIn(line, proposed)
                for part in lacks:
                    self.assertNotIn(part, proposed)
                made = self.file("map.yaml", proposed)
                self.assertIn("0 errors", self.ok("check", made) + self.run_tend("check", made).stderr.decode())
                if name == "tickets.csv":  # a person finishes it
                    made = self.file("map.yaml", proposed.replace('# ? "odd": low, medium, high, urgent', '"odd": low'))
                report = json.loads(self.ok("-f", "json", "-n", "import", kind, path, "--map", made))
                self.assertEqual(report["rejected"], 0)
                self.assertGreater(report["added"] + report["updated"], 0)
                self.assertEqual(self.ok("import", "--inspect", kind, path), proposed)

    def test_no_store_is_needed_and_nothing_is_made(self):
        path = self.file(*FILES[0][:2])
        before = sorted(p.name for p in self.dir.iterdir())
        self.ok("import", "--inspect", path)
        self.assertEqual(sorted(p.name for p in self.dir.iterdir()), before)
        self.assertEqual(self.run_tend("import", "customers", path).returncode, 5)

    def test_another_kind_is_proposed_where_it_is_named_and_what_lacks_is_said(self):
        path = self.file(*FILES[0][:2])
        proposed = self.ok("import", "--inspect", "contacts", path)
        self.assertIn("kind: contacts", proposed)
        self.assertIn('customer: "account_id"', proposed)
        proposed = self.ok("import", "--inspect", "fees", path)
        self.assertIn("# ? amount:", proposed)

    def test_gb18030_is_told_and_what_is_nothing_is_refused(self):
        path = self.file("旧.csv", FILES[1][1], "gb18030")
        proposed = self.ok("import", "--inspect", path)
        self.assertIn("encoding: gb18030", proposed)
        self.assertIn('name: "客户名称"', proposed)
        path = self.file("odd.csv", "foo,bar\n1,2\n")
        done = self.run_tend("import", "--inspect", path)
        self.assertEqual(done.returncode, 3)
        self.assertIn("look like no kind", done.stderr.decode())
        self.assertEqual(self.run_tend("import", "--inspect", self.dir / "none.csv").returncode, 1)
        self.assertEqual(self.run_tend("import", "--inspect", "contatcs", path).returncode, 2)
        self.assertEqual(self.run_tend("import", path).returncode, 5)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
