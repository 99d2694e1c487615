"""Runs the built program in a folder of its own, with an environment of its own."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ""
SLOW = 60  # seconds after which a command counts as hung
SANITIZED = any(name.endswith("SAN_OPTIONS") for name in os.environ)


def environment(home, **more):
    """What every program under test sees: nothing of the caller's but the path and the sanitizers' options."""
    result = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home), "USER": "li",
              "XDG_CONFIG_HOME": f"{home}/config", "XDG_DATA_HOME": f"{home}/data"}
    result.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})
    if SANITIZED:
        known = pathlib.Path(__file__).with_name("leaks.supp")
        result["LSAN_OPTIONS"] = f"suppressions={known}:print_suppressions=0"
    result.update(more)
    return result


class Case(unittest.TestCase):
    """A folder, a store in it, and ways to run the program on it."""
    customers = 5  # of the store; 0: no store

    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tend-fault-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.db = self.dir / "book.db"
        if self.customers:
            self.ok("store", "generate", "--customers", self.customers, "--seed", 7)

    def argv(self, *args, db=None):
        return [PROGRAM, "--db", str(db or self.db)] + [a if isinstance(a, bytes) else str(a) for a in args]

    def run_tend(self, *args, db=None, timeout=SLOW, **env):
        return subprocess.run(self.argv(*args, db=db), capture_output=True, cwd=self.dir, timeout=timeout,
                              env=environment(self.dir, **env), stdin=subprocess.DEVNULL)

    def start(self, *args, **env):
        return subprocess.Popen(self.argv(*args), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.dir,
                                env=environment(self.dir, **env), stdin=subprocess.DEVNULL)

    def ok(self, *args, **how):
        done = self.run_tend(*args, **how)
        self.assertEqual(done.returncode, 0, f"{args}: {done.stderr.decode(errors='replace')[:500]}")
        return done.stdout.decode()

    def rows(self, *args, **how):
        return json.loads(self.ok(*args, "-f", "json", **how))

    def keys(self):
        return self.ok("-q", "customer", "list").split()


def main():
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=1)
