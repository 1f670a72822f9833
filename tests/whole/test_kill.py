"""Killing the program at any moment loses nothing: the next run ends as if nothing had happened."""

import random
import subprocess
import time

import harness
from harness import ProgramTest, digests, undisturbed

TIMES = 20
TIMES_QUICK = 4


class Kill(ProgramTest):
    def start(self, company):
        return subprocess.Popen(
            [harness.PROGRAM, "run", "--config", str(company.settings), "--today", harness.TODAY],
            env=harness.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_after(self, company, seconds):
        """True if the program was still running then."""
        process = self.start(company)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait() < 0

    def duration(self):
        company = self.company()
        began = time.monotonic()
        self.assertEqual(self.start(company).wait(), 0)
        return time.monotonic() - began

    def test_killed_once_at_a_random_moment(self):
        duration, moments, killed = self.duration(), random.Random(20), 0
        times = TIMES_QUICK if harness.QUICK else TIMES
        for number in range(4 * times):
            company = self.company()
            if self.kill_after(company, duration * (killed + moments.random()) / times):
                killed += 1
            else:
                duration *= 0.8  # it ended before: this machine has become faster since
            self.assertFine(company.run("run"))
            self.assertEqual(digests(undisturbed()[0].out), digests(company.out), f"kill {number}")
            company.close()
            if killed == times:
                return
        self.fail(f"killed only {killed} times")

    def test_killed_again_and_again(self):
        duration, moments = self.duration(), random.Random(21)
        company = self.company()
        for _ in range(TIMES_QUICK):
            self.kill_after(company, duration * moments.random())
        self.assertFine(company.run("run"))
        self.assertEqual(digests(undisturbed()[0].out), digests(company.out))

    def test_two_runs_at_once(self):
        """The second finds the store locked and says so; nothing is lost."""
        company = self.company()
        processes = [self.start(company), self.start(company)]
        codes = sorted(process.wait() for process in processes)
        self.assertIn(codes, ([0, 0], [0, 2]))
        self.assertFine(company.run("run"))
        self.assertEqual(digests(undisturbed()[0].out), digests(company.out))
