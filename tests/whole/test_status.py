"""What `status` says of money, by hand: exports, vendors' own totals and invoices of one month."""

import datetime
import json

from harness import ProgramTest

TOOL = "anthropic_api"
INVOICES = "tool,period_start,period_end,amount,currency\n"
CONTRACT = ("tool,plan,seats,price_per_seat,billing_period,currency,start_date,end_date\n"
            f"{TOOL},team,2,15.00,month,USD,2026-01-01,\n")
OCTOBER = [datetime.date(2026, 10, day) for day in range(1, 32)]
CURSOR = ("Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,"
          "Total Tokens,Cost\n"
          "2026-10-05T09:15:02.004Z,ana@example.com,On-Demand,auto,No,10,200,3000,40,3250,0.50\n")


def use(days, amount="0.10", who="ana@example.com"):
    """Rows of a day each."""
    return "date,email,tool,interactions,metered\n" + "".join(
        f"{day},{who},{TOOL},1,{amount}\n" for day in days)


def cost_report(cents, days=OCTOBER):
    """The vendor's own total: so many cents of a dollar each day."""
    return json.dumps({"has_more": False, "next_page": None, "data": [
        {"starting_at": f"{day}T00:00:00Z", "ending_at": f"{day + datetime.timedelta(days=1)}T00:00:00Z",
         "results": [{"amount": cents, "currency": "USD", "cost_type": "tokens", "description": None, "model": None,
                      "context_window": None, "token_type": None, "service_tier": None, "workspace_id": None}]}
        for day in days]})


class Money(ProgramTest):
    def lines(self, files, **setup):
        """Lines of `status` below the heading of money, stripped."""
        company = self.company(small=True)
        company.give(files)
        company.give({name.replace("_", "."): text for name, text in setup.items()}, company.home)
        self.assertFine(company.run("ingest"), codes=(0, 1))
        result = company.run("status")
        self.assertFine(result)
        if "Money by" not in result.output:
            return []
        self.assertIn("Money by calendar month, in USD", result.output)
        text = result.output.split("Money by")[1].split("\nArchive")[0]
        return [line.strip() for line in text.splitlines()[1:]]

    def test_exports_alone_are_sums_of_months(self):
        days = OCTOBER + [datetime.date(2026, 11, 2)]
        self.assertEqual(self.lines({"tidemark.csv": use(days)}),
                         ["Anthropic API", "2026-10: metered 3.10", "2026-11: metered 0.10"])

    def test_nothing_metered_is_nothing_to_say(self):
        self.assertEqual(self.lines({"tidemark.csv": use(OCTOBER, "0")}), [])

    def test_two_sources_of_one_day_count_once(self):
        files = {"cursor.csv": CURSOR,
                 "tidemark.csv": "date,email,tool,interactions,metered\n2026-10-05,ana@example.com,cursor,1,0.50\n"}
        self.assertEqual(self.lines(files), ["Cursor", "2026-10: metered 0.50"])

    def test_the_same_total(self):
        lines = self.lines({"tidemark.csv": use(OCTOBER), "report.json": cost_report("10")})
        self.assertEqual(lines[2], "anthropic-cost-totals 3.10: the same")

    def test_a_total_without_anything_to_compare(self):
        lines = self.lines({"report.json": cost_report("10")})
        self.assertEqual(lines[1:], ["2026-10: metered not measured",
                                     "anthropic-cost-totals 3.10: no export of these days states metered cost to "
                                     "compare with"])

    def test_days_that_the_exports_lack(self):
        half = [day for day in OCTOBER if day.day >= 7]
        first = use([day for day in half if day.day <= 12])
        second = use([day for day in half if day.day >= 15]).replace("ana@", "ben@")
        lines = self.lines({"one/tidemark.csv": first, "two/tidemark.csv": second, "report.json": cost_report("10")})
        self.assertEqual(lines[1], "2026-10: metered 2.30")
        self.assertEqual(lines[2], "anthropic-cost-totals 3.10: 0.80 more; exports begin on 2026-10-07; 2 working "
                                   "days without data of cost; that leaves 0.80")

    def test_an_end_before_that_of_the_month(self):
        lines = self.lines({"tidemark.csv": use(OCTOBER[:30]), "report.json": cost_report("10")})
        self.assertEqual(lines[2], "anthropic-cost-totals 3.10: 0.10 more; exports end on 2026-10-30; that leaves 0.10")

    def test_a_difference_that_nothing_explains(self):
        lines = self.lines({"tidemark.csv": use(OCTOBER), "report.json": cost_report("10.0001")})
        self.assertEqual(lines[2], "anthropic-cost-totals 3.100031: 0.000031 more; 0.000031 not explained (tax, "
                                   "discounts and rounding are not known here)")

    def test_accounts_of_nobody(self):
        files = {"tidemark.csv": use(OCTOBER), "zoe/tidemark.csv": use(OCTOBER[:1], "0.90", "zoe@example.com"),
                 "report.json": cost_report("10")}
        self.assertEqual(self.lines(files)[2], "anthropic-cost-totals 3.10: 0.90 less; 0.90 of metered is of accounts "
                                               "that nobody on the roster has")

    def test_a_total_on_one_day_may_be_of_another_period(self):
        lines = self.lines({"tidemark.csv": use(OCTOBER), "report.json": cost_report("400", OCTOBER[14:15])})
        self.assertEqual(lines[2], "anthropic-cost-totals 4.00: 0.90 more; all of it stands on 2026-10-15 and may be of "
                                   "another period; that leaves 0.90")

    def test_an_invoice_with_seats(self):
        invoice = INVOICES + f"{TOOL},2026-10-01,2026-10-31,33.10,USD\n"
        lines = self.lines({"tidemark.csv": use(OCTOBER)}, invoices_csv=invoice, subscriptions_csv=CONTRACT)
        self.assertEqual(lines[2], "invoice 33.10: 30.00 more; 30.00 for seats of subscriptions.csv, which are not "
                                   "metered")

    def test_an_invoice_of_seats_alone(self):
        invoice = INVOICES + f"{TOOL},2026-10-01,2026-10-31,30,USD\n"
        lines = self.lines({"tidemark.csv": use(OCTOBER)}, invoices_csv=invoice, subscriptions_csv=CONTRACT)
        self.assertEqual(lines[2], "invoice 30.00: 26.90 more; just the seats of subscriptions.csv, no metered use")

    def test_yearly_seats_are_shared_out_by_days(self):
        invoice = INVOICES + f"{TOOL},2026-10-16,2026-10-31,2.88,USD\n"
        yearly = CONTRACT.replace("month", "year").replace("15.00", "15.50")
        lines = self.lines({"tidemark.csv": use(OCTOBER)}, invoices_csv=invoice, subscriptions_csv=yearly)
        self.assertEqual(lines[-2:], ["2026-10-16 to 2026-10-31: metered 1.60",
                                      "invoice 2.88: 1.28 more; 1.33 for seats of subscriptions.csv, which are not "
                                      "metered; -0.05 not explained (tax, discounts and rounding are not known here)"])

    def test_invoices_of_one_period_add_up(self):
        invoices = INVOICES + f"{TOOL},2026-10-01,2026-10-31,3,\n{TOOL},2026-10-01,2026-10-31,0.1,usd\n"
        lines = self.lines({"tidemark.csv": use(OCTOBER)}, invoices_csv=invoices)
        self.assertEqual(lines[2:], ["invoice 3.10: the same"])

    def test_another_currency_is_not_converted(self):
        invoice = INVOICES + f"{TOOL},2026-10-01,2026-10-31,3.10,EUR\n"
        lines = self.lines({"tidemark.csv": use(OCTOBER)}, invoices_csv=invoice)
        self.assertEqual(lines[2:], ["invoice 3.10 EUR: another currency, not compared"])

    def test_an_invoice_before_all_data(self):
        invoice = INVOICES + f"{TOOL},2020-01-01,2020-01-31,3.10,USD\n"
        lines = self.lines({"tidemark.csv": use(OCTOBER)}, invoices_csv=invoice)
        self.assertEqual(lines[1:3], ["2020-01: metered not measured",
                                      "invoice 3.10: 3.10 more; no export of these days states metered cost; that "
                                      "leaves 3.10"])

    def test_the_largest_amounts_do_not_overflow(self):
        most = "999999999999"
        invoices = INVOICES + "".join(f"{TOOL},2026-10-01,2026-10-31,{most}.{n:02},\n" for n in range(12))
        contract = CONTRACT.replace(",2,15.00,", f",10000000,{most},")
        lines = self.lines({"tidemark.csv": use(OCTOBER)}, invoices_csv=invoices, subscriptions_csv=contract)
        self.assertIn("invoice 9223372036854.775807", lines[2])

    def test_reports_say_nothing_of_invoices(self):
        company = self.company(small=True)
        company.give({"tidemark.csv": use(OCTOBER)})
        company.give({"invoices.csv": INVOICES + f"{TOOL},2026-10-01,2026-10-31,77123.45,USD\n"}, company.home)
        self.assertFine(company.run("run", "--format", "html,data"), codes=(0, 1))
        for path in company.written():
            if path.is_relative_to(company.out):
                self.assertNotIn("77123", path.read_text(), path.name)


class Order(ProgramTest):
    """On the sample: what belongs together stands together."""

    def test_seats_stand_with_their_tool_and_outcomes_under_a_heading(self):
        company = self.company()
        self.assertFine(company.run("ingest"))
        lines = company.run("status").output.splitlines()
        tools = [number for number, line in enumerate(lines) if ("last day" in line)]
        copilot = next(number for number in tools if lines[number].startswith("  GitHub Copilot"))
        after = next(number for number in tools if number > copilot)
        self.assertIn("    copilot-seats of 2026-11-16: 91 seats", lines[copilot:after])
        headings = [line.split(" ")[0] for line in lines if line[0] != " "]
        self.assertEqual(headings, ["Ledger:", "Outcomes", "Apart", "Money", "Archive:"])
        outcomes = lines[lines.index(next(line for line in lines if line.startswith("Outcomes"))) + 1]
        self.assertIn("commits", outcomes)

    def test_amounts_have_their_currency(self):
        company = self.company()
        self.assertFine(company.run("ingest"))
        output = company.run("status").output
        self.assertRegex(output, r"anthropic-cost-totals: metered [0-9]+\.[0-9]{2,6} USD\n")

    def test_invoices_of_the_sample(self):
        company = self.company()
        self.assertFine(company.run("ingest"))
        output = company.run("status").output
        self.assertIn("invoice 3900.00: 3900.00 more; just the seats of subscriptions.csv, no metered use", output)
        self.assertIn("5400.00 for seats of subscriptions.csv, which are not metered; 10.75 not explained", output)
