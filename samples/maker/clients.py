"""The use of Claude Code that the analytics tell of, request by request, as the client saw it.

Laptops' recordings and the collector's telemetry are made of the same requests, so their sums are
those of the analytics rows: whoever adds the sources up counts the use twice.
"""

import datetime

from . import claude, days
from .chance import Chance

# What one request reads from the cache, about.
CACHE_OF_A_REQUEST = 900_000
LEAST_REQUESTS = 4
FIRST_MINUTE, LAST_MINUTE = 9 * 60 + 10, 17 * 60 + 40
SLOTS = ("input", "cache_creation", "cache_read", "output")


class Request:
    """One call of a model; `helper` is one of an agent that the client started on its own."""

    def __init__(self, model, tokens, helper):
        self.model, self.tokens, self.helper = model, tokens, helper
        self.session, self.instant, self.key = "", None, ""

    @property
    def micros(self):
        prices = claude.PRICES[self.model]
        return sum(int(count * price * 100) for count, price in zip(self.tokens, prices)) // 100


def _cut(total, weights):
    """Whole numbers in about these proportions that add up to the total."""
    parts = [total * weight // sum(weights) for weight in weights]
    parts[0] += total - sum(parts)
    return parts


def _requests(part, chance, least):
    tokens = part["tokens"]
    count = max(least, tokens["cache_read"] // CACHE_OF_A_REQUEST)
    weights = [chance.between(60, 140) for _ in range(count)]
    columns = [_cut(tokens[slot], weights) for slot in SLOTS]
    helper = part["model"].startswith("claude-haiku")
    return [Request(part["model"], row, helper) for row in zip(*columns)]


def requests_of_day(person, told, day):
    """Requests in the order of time, each in one of the sessions that the analytics count."""
    records = claude.records_of_person(person, told, day)
    chance = Chance("client", person.number, day)
    sessions = sum(record["core_metrics"]["num_sessions"] for record in records)
    own, helpers = [], []
    for record in records:
        for part in record["model_breakdown"]:
            for request in _requests(part, chance, max(LEAST_REQUESTS, sessions)):
                (helpers if request.helper else own).append(request)
    names = [chance.uuid() for _ in range(sessions)]
    requests = [(index * sessions // len(own), request) for index, request in enumerate(own)]
    requests += [(chance.below(sessions), request) for request in helpers]
    requests.sort(key=lambda entry: (entry[0], entry[1].helper))
    for place, (session, request) in enumerate(requests):
        minute = FIRST_MINUTE + (LAST_MINUTE - FIRST_MINUTE) * place // len(requests)
        request.session = names[session]
        request.key = chance.digits(16)
        request.instant = days.local_time(person.country, day, minute) + datetime.timedelta(
            milliseconds=chance.below(60_000)
        )
    return [request for _, request in requests]


def stamp(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03}Z"
