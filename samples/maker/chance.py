"""Chance that gives the same draws on every machine and Python version.

Only random.Random.random() with a text seed is used, which Python keeps stable, and only
addition, multiplication and rounding of its results: no logarithms, whose last digit may differ
between C libraries.
"""

import random

SEED = "tidemark-sample-1"


class Chance:
    """Draws for one purpose; two purposes never share draws, so one can change alone."""

    def __init__(self, *purpose):
        self._random = random.Random(":".join([SEED, *map(str, purpose)])).random

    def below(self, limit):
        """A whole number from 0 to limit - 1."""
        return int(self._random() * limit)

    def between(self, least, most):
        """A whole number from least to most, both included."""
        return least + self.below(most - least + 1)

    def happens(self, probability):
        return self._random() < probability

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def weighted(self, weights):
        """A key of {key: weight}."""
        rest = self._random() * sum(weights.values())
        for key, weight in weights.items():
            rest -= weight
            if rest < 0:
                return key
        return key

    def skewed(self, least, most):
        """A whole number near `least` mostly, near `most` seldom: what use of tools looks like."""
        share = self._random() * self._random() * (0.6 + 0.4 * self._random())
        return least + int(share * (most - least))

    def shuffled(self, items):
        keyed = [(self._random(), index, item) for index, item in enumerate(items)]
        return [item for _, _, item in sorted(keyed, key=lambda entry: entry[:2])]

    def digits(self, count):
        return "".join(str(self.below(10)) for _ in range(count))

    def uuid(self):
        text = "".join("0123456789abcdef"[self.below(16)] for _ in range(32))
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
