"""The workbench on a terminal of its own: keys in, bytes out."""
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time

import program

SAVE = "\x13"  # C-s, in a form with a text of several lines

# Everything that a frame may hold beside text.
SEQUENCE = re.compile(rb"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][0-9A-Za-z]|\x1b[=>78MDEHc]|\x1b#8")


def set_size(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Session:
    """One run of the program; the caller closes it."""

    def __init__(self, case, *args, columns=80, rows=24, before=None, **env):
        self.master, self.slave = os.openpty()
        os.set_blocking(self.master, False)
        set_size(self.master, columns, rows)
        self.before = termios.tcgetattr(self.slave)
        self.output = b""

        def prepare():
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            if before:
                before()
        variables = program.environment(case.dir, **{"TERM": "xterm-256color", **env})
        self.child = subprocess.Popen(case.argv(*args), stdin=self.slave, stdout=self.slave, stderr=self.slave,
                                      cwd=case.dir, env={k: v for k, v in variables.items() if v is not None},
                                      start_new_session=True, preexec_fn=prepare)

    def take(self, seconds=0):
        """What comes within so many seconds, until the first pause."""
        if not select.select([self.master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.master, 1 << 20)
        except OSError:
            data = b""
        self.output += data
        return data

    def rest(self, quiet=0.1, longest=20):
        """Reads until nothing came for `quiet` seconds; returns all of it."""
        seen, end = b"", time.monotonic() + longest
        while time.monotonic() < end:
            data = self.take(quiet)
            if not data:
                return seen
            seen += data
        raise AssertionError(f"it never rests; the last bytes were {seen[-200:]!r}")

    def wait_for(self, pattern, seconds=20):
        """Reads until the output since the call, without its sequences, has the pattern."""
        seen, end = b"", time.monotonic() + seconds
        while not re.search(pattern, SEQUENCE.sub(b"", seen)):
            if time.monotonic() > end:
                raise AssertionError(f"{pattern!r} did not come in {SEQUENCE.sub(b'', seen)[-2000:]!r}")
            if self.child.poll() is not None and not select.select([self.master], [], [], 0)[0]:
                raise AssertionError(f"it ended with {self.child.returncode}: {seen[-500:]!r}")
            seen += self.take(0.05)
        return seen

    def send(self, data):
        data = data.encode() if isinstance(data, str) else data
        while data:
            try:
                data = data[os.write(self.master, data):]
            except BlockingIOError:
                self.take(0.01)

    def keys(self, *keys):
        """One after the other, each answered before the next."""
        for key in keys:
            self.send(key)
            self.rest(0.05)

    def start(self):
        self.wait_for(rb"\?")
        self.rest()
        return self

    def end(self, seconds=20):
        """Waits for the end, reading on; returns the exit status."""
        stop = time.monotonic() + seconds
        while self.child.poll() is None:
            self.take(0.02)
            if time.monotonic() > stop:
                raise AssertionError("it does not end")
        while self.take():
            pass
        return self.child.returncode

    def cpu(self):
        """Seconds of processor time that it has used."""
        with open(f"/proc/{self.child.pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def modes(self):
        return termios.tcgetattr(self.slave)

    def hang_up(self):
        os.close(self.master)
        self.master = None

    def close(self):
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGKILL)
            self.child.wait()
        for fd in (self.master, self.slave):
            if fd is not None:
                os.close(fd)
        self.master = self.slave = None


class TerminalCase(program.Case):
    def open(self, *args, **how):
        session = Session(self, *args, **how)
        self.addCleanup(session.close)
        return session

    def begin(self, *args, **how):
        return self.open(*args, **how).start()
