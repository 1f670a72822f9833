"""A file to which a client is still writing is read as far as it goes, and the rest at the next run."""

from harness import ProgramTest
from test_contributed import claude, codex, counters, gemini, qwen


class Growing(ProgramTest):
    def facts(self, company):
        """Without the account, which is the file's path."""
        return [line.split(" ", 1)[1] for line in self.stored(company)]

    def test_a_torn_last_line_is_a_note_and_is_taken_when_it_is_complete(self):
        for source in (claude, codex, counters, gemini, qwen):
            name, text = next(iter(source().items()))
            *whole, last = text.splitlines(True)
            with self.subTest(source.__name__):
                expected = self.keyed()
                expected.give({name: text})
                self.assertFine(expected.run("ingest"))
                company = self.keyed()
                company.give({name: "".join(whole) + last[:len(last) // 2]})
                first = company.run("ingest", "--verbose")
                self.assertFine(first)
                self.assertIn("the last line is not complete yet", first.said)
                company.give({name: text})
                second = company.run("ingest", "--verbose")
                self.assertFine(second)
                self.assertNotIn("not complete", second.said)
                self.assertEqual(self.facts(company), self.facts(expected))

    def test_an_export_that_was_cut_is_an_error(self):
        company = self.keyed()
        company.give({"members.json": '{"data":[{"date":"2026-11-09T00:00:00Z","actor":{"type":"user_actor","email_addr'})
        self.assertEqual(company.run("ingest").code, 1)
