#!/usr/bin/env python3
"""The workbench on a terminal: hang-ups, signals, locales, suspending; it always gives the terminal back.

usage: terminal.py PROGRAM [unittest arguments]
"""
import fcntl
import os
import signal
import termios
import time

import program
import session

LANGS = ["C", "POSIX", "C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "zh_CN.GB18030", "tr_TR.UTF-8", "no-such-locale"]
TERMS = ["xterm", "xterm-256color", "screen", "tmux-256color", "linux", "vt100", "rxvt"]


class Ends(session.TerminalCase):
    def assert_given_back(self, s):
        """The terminal is as before, with its screen, cursor and pastes."""
        self.assertTrue(s.modes() == s.before, "the terminal's modes are not as before")
        for what in (b"\x1b[?1049l", b"\x1b[?2004l"):
            self.assertGreater(s.output.rfind(what), s.output.rfind(what.replace(b"l", b"h")), what)
        shown = max(s.output.rfind(b"\x1b[?25h"), s.output.rfind(b"\x1b[?12;25h"), s.output.rfind(b"\x1b[34h\x1b[?25h"))
        self.assertGreater(shown, s.output.rfind(b"\x1b[?25l"))

    def test_a_hang_up_ends_it_within_a_second(self):
        waits = [[], ["l", "some text"], ["?"], ["/", "abc"], [":"], ["g"]]
        took = []
        for i, keys in enumerate(waits * 2):
            ignored = i >= len(waits)
            with self.subTest(keys=keys, ignored=ignored):
                s = self.begin(before=(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) if ignored else None)
                s.keys(*keys)
                used, begun = s.cpu(), time.monotonic()
                s.hang_up()
                while s.child.poll() is None and time.monotonic() < begun + 5:
                    time.sleep(0.005)
                    if s.child.poll() is None:
                        self.assertLess(s.cpu() - used, 1, "it spins")
                self.assertIsNotNone(s.child.poll(), "it goes on without a terminal")
                self.assertGreaterEqual(s.child.returncode, 0)
                took.append(time.monotonic() - begun)
                s.close()
        self.ok("store", "check")
        self.assertLess(sorted(took)[len(took) // 2], 1)
        print(f"hang-up: ends after {min(took) * 1000:.0f} to {max(took) * 1000:.0f} ms")

    def test_signals_that_end_it_give_the_terminal_back(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGSEGV, signal.SIGABRT,
                       signal.SIGBUS):
            for keys in ([], ["l", "text"]):
                with self.subTest(signal=number, keys=keys):
                    s = self.begin()
                    s.keys(*keys)
                    self.assertNotEqual(s.modes(), s.before)
                    s.child.send_signal(number)
                    s.end()
                    self.assert_given_back(s)
                    s.close()
        self.ok("store", "check")

    def test_leaving_gives_the_terminal_back(self):
        for keys in ("Q", "q"):
            s = self.begin()
            s.send(keys)
            self.assertEqual(s.end(), 0)
            self.assert_given_back(s)
            s.close()

    def test_signals_that_mean_nothing_change_nothing(self):
        s = self.begin()
        for number in (signal.SIGPIPE, signal.SIGCONT, signal.SIGWINCH, signal.SIGCHLD, signal.SIGURG):
            s.child.send_signal(number)
            s.rest()
            self.assertIsNone(s.child.poll(), number)
        s.send("Q")
        self.assertEqual(s.end(), 0)

    def test_a_terminal_that_cannot_place_a_cursor_is_refused_in_one_line(self):
        for name in ("dumb", "", None, "no-such-terminal", "unknown"):
            with self.subTest(TERM=name):
                s = self.open(TERM=name)
                self.assertEqual(s.end(), 1)
                self.assertEqual(s.output.count(b"\n"), 1, s.output)
                self.assertIn(b"TERM", s.output)
                self.assertNotIn(b"\x1b", s.output)
                self.assertEqual(s.modes(), s.before)
                s.close()

    def test_every_locale_and_terminal_starts_and_ends(self):
        for lang in LANGS:
            for term in TERMS:
                with self.subTest(LANG=lang, TERM=term):
                    s = self.open(LANG=lang, TERM=term)
                    s.wait_for(rb"\?")
                    s.send("?jqQ")
                    self.assertEqual(s.end(), 0)
                    self.assertEqual(s.modes(), s.before)
                    s.close()

    def test_a_kill_loses_nothing_that_the_screen_called_saved(self):
        said = []
        for i in range(8):
            s = self.begin()
            s.keys("g", "p", "l")
            s.send(f"kept-{i}" + session.SAVE)
            s.wait_for(rb"activity added")
            s.child.kill()
            s.end()
            s.close()
            said.append(f"kept-{i}")
        self.ok("store", "check")
        found = [a["text"] for a in self.rows("activity", "list") if a["text"].startswith("kept-")]
        self.assertEqual(sorted(found), sorted(said))


class Suspends(session.TerminalCase):
    """A shell's part: the program in a process group of its own, in the foreground of its session."""

    def lead(self, s_argv, env):
        master, slave = os.openpty()
        session.set_size(master, 80, 24)
        read_end, write_end = os.pipe()
        leader = os.fork()
        if leader == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            child = os.fork()
            if child == 0:
                os.setpgid(0, 0)
                os.tcsetpgrp(slave, os.getpid())
                signal.signal(signal.SIGTTOU, signal.SIG_DFL)
                for fd in (0, 1, 2):
                    os.dup2(slave, fd)
                os.execve(s_argv[0], s_argv, env)
            os.write(write_end, f"{child}\n".encode())
            while True:
                status = os.waitpid(child, os.WUNTRACED)[1]
                os.write(write_end, b"stopped\n" if os.WIFSTOPPED(status) else f"ended {status}\n".encode())
                if not os.WIFSTOPPED(status):
                    os._exit(0)
        os.close(write_end)
        self.addCleanup(os.waitpid, leader, 0)
        self.addCleanup(os.kill, leader, signal.SIGKILL)
        return master, slave, os.fdopen(read_end)

    def test_it_stops_and_goes_on_as_often_as_asked(self):
        master, slave, reports = self.lead(self.argv(), program.environment(self.dir, TERM="xterm"))
        os.set_blocking(master, False)
        s = session.Session.__new__(session.Session)
        s.master, s.slave, s.output, s.before = master, slave, b"", termios.tcgetattr(slave)
        pid = int(reports.readline())

        class Child:
            returncode = None

            @staticmethod
            def poll():
                return None
        s.child = Child
        s.wait_for(rb"\?")
        raw = s.modes()
        for i in range(20):
            if i % 2:
                s.send("\x1a")
            else:
                os.kill(pid, signal.SIGTSTP)
            self.assertEqual(reports.readline(), "stopped\n")
            s.rest(0.05)
            self.assertEqual(s.modes(), s.before)
            os.kill(pid, signal.SIGCONT)
            seen = s.wait_for(rb"\?")
            self.assertIn(b"\x1b[?2004h", seen + s.rest(0.05))
            self.assertEqual(s.modes(), raw)
        s.send("Q")
        self.assertEqual(reports.readline(), "ended 0\n")
        s.rest(0.05)
        self.assertEqual(s.modes(), s.before)
        os.close(master)
        os.close(slave)
        reports.close()


program.main()
