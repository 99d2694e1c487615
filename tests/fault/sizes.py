#!/usr/bin/env python3
"""The workbench under sizes that change, down to one cell, and under bytes that are no keys.

usage: sizes.py PROGRAM [unittest arguments]
"""
import os
import random

import program
import session

RESIZES = int(os.environ.get("TEND_RESIZES", "2000"))
ESC = "\x1b"


class Sizes(session.TerminalCase):
    KEYS = list("jkgGhl nNoeasdixXzARwSvV*fy?/:[]+=12345u U.\t\r\x04\x15\x06\x02\x0c\x10\x7f") + [
        "\x1b", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b[Z", "漢", "é", "gp", "gt",
        "ga", "gr", "gw", "gh", "gj", "\x03"]

    def test_random_sizes_and_keys_leave_it_alive(self):
        r = random.Random(8)
        s = self.begin()
        for i in range(RESIZES):
            tiny = r.random() < 0.2
            session.set_size(s.master, r.randint(1, 8 if tiny else 200), r.randint(1, 4 if tiny else 60))
            if r.random() < 0.7:
                s.send(r.choice(self.KEYS))
            while s.take(0.001 if i % 5 else 0.003):
                pass
            self.assertIsNone(s.child.poll(), f"ended after {i} sizes")
        session.set_size(s.master, 80, 24)
        s.rest()
        s.keys(*[ESC] * 8)
        s.send("Q")
        self.assertEqual(s.end(), 0)
        self.assertEqual(s.modes(), s.before)
        self.ok("store", "check")

    def test_bytes_that_are_no_keys_leave_it_alive(self):
        r = random.Random(9)
        s = self.begin()
        for _ in range(150):
            noise = r.randbytes(40).replace(b"Q", b"").replace(b"q", b"").replace(b"\x1a", b"")
            s.send(r.choice([noise, b"\x1b[" + noise, b"\x1bO" + noise[:3], b"\xe6\xbc", b"\x1b[<0;3;3M", b"\xff\xfe", b"\0"]))
            s.take(0.002)
        s.rest()
        self.assertIsNone(s.child.poll())
        s.child.terminate()
        s.end()
        self.assertEqual(s.modes(), s.before)
        self.ok("store", "check")


program.main()
