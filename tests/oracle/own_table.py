"""tidemark.csv, for exports.py: our own table, whose columns are the measures themselves.

A Cut says what a use was for: model, surface, task and label, each None where no source tells.
"""

import collections
import csv
import io
from datetime import date
from decimal import Decimal

from precedence import FOUR_SLOTS, own_table

Cut = collections.namedtuple("Cut", "model surface task label")
NO_CUT = Cut(None, None, None, None)
COUNTS = {name: name for name in ("interactions", "sessions", "messages", *FOUR_SLOTS, "unsplit_tokens",
                                  "active_seconds")}
AMOUNTS = {"metered": "cost_metered", "list_value": "list_value"}
LABELS = ("cost_center", "project", "product")
COLUMNS = ("date", "email", "tool", "model", "surface", "task", *LABELS, "currency", *COUNTS, *AMOUNTS)


class OwnTable:
    def _own_table(self, rank, text):
        days = collections.defaultdict(list)
        for row in csv.DictReader(io.StringIO(text)):
            row = {name: (value or "").strip() for name, value in row.items()}
            figures = collections.Counter({name: int(row[column]) for column, name in COUNTS.items() if row[column]})
            if row.get("currency") in ("", None, self.company.currency):
                figures.update({name: int(Decimal(row[column]) * 1000000) for column, name in AMOUNTS.items()
                                if row[column]})
            label = next((f"{name}:{row[name]}" for name in LABELS if row[name]), None)
            cut = Cut(row["model"] or None, row["surface"] or None, row["task"] or None, label)
            day, source = date.fromisoformat(row["date"]), own_table(row["tool"])
            account = self._account(row["tool"], [("email", row["email"])], day, not row["email"])
            lower = [part.lower() if part else part for part in cut]
            self._keep((source, account, day, *lower), rank, (source, account, day, [(cut, figures)]))
            days[source].append(day)
        for source, here in days.items():
            self._cover(source, here)
