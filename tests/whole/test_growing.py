"""A file to which a client is still writing is read as far as it goes, and the rest at the next run."""

from harness import ProgramTest
from test_contributed import claude, codex, counters, gemini, qwen
from overlap import lines


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

    def test_a_chat_of_qwen_code_read_between_telemetry_and_answer_counts_once(self):
        def line(uuid, kind, **more):
            return {"uuid": uuid, "parentUuid": None, "sessionId": "q-1", "type": kind,
                    "timestamp": "2026-11-12T09:00:00.000Z", **more}

        event = line("t-1", "system", subtype="ui_telemetry", systemPayload={"uiEvent": {
            "event.name": "qwen-code.api_response", "model": "qwen3-coder", "input_token_count": 700,
            "output_token_count": 40, "cached_content_token_count": 0, "total_token_count": 740}})
        answer = line("a-1", "assistant", model="qwen3-coder", usageMetadata={
            "promptTokenCount": 700, "candidatesTokenCount": 40, "totalTokenCount": 740})
        prompt = line("u-1", "user", message={})
        company, expected = self.keyed(), self.keyed()
        expected.give({"q-1.jsonl": lines([prompt, event, answer])})
        self.assertFine(expected.run("ingest"))
        for records in ([prompt, event], [prompt, event, answer]):
            company.give({"q-1.jsonl": lines(records)})
            self.assertFine(company.run("ingest"))
        self.assertEqual(self.facts(company), self.facts(expected))

    def test_an_export_that_was_cut_is_an_error(self):
        company = self.keyed()
        company.give({"members.json": '{"data":[{"date":"2026-11-09T00:00:00Z","actor":{"type":"user_actor","email_addr'})
        self.assertEqual(company.run("ingest").code, 1)
