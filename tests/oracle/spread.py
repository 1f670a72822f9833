"""How use is spread over people, and the few lines of statistics that the KPIs need.

All of it in whole numbers and fractions; None where there is nothing to tell.
"""

import itertools
from fractions import Fraction


def gini(amounts):
    """Of 0 (even) to 1 (one person has all), with the correction n ÷ (n − 1) for small groups."""
    amounts, count = sorted(amounts), len(amounts)
    total = sum(amounts)
    if count < 2 or not total:
        return None
    weighted = sum((2 * place - count - 1) * amount for place, amount in enumerate(amounts, 1))
    return Fraction(weighted, (count - 1) * total)


def sum_of_most(amounts, people):
    """Of the `people` (a fraction) with most; the person on the edge counts in part."""
    amounts = sorted(amounts, reverse=True)
    whole = int(people)
    total = Fraction(sum(amounts[:whole]))
    if people > whole:
        total += amounts[whole] * (people - whole)
    return total


def top_fifth_share(amounts):
    amounts = list(amounts)
    total = sum(amounts)
    return sum_of_most(amounts, Fraction(len(amounts), 5)) / total if total else None


def quartile_ratio(amounts):
    """Reading: quarters are cut as the top fifth is, the person on the edge in part."""
    amounts = list(amounts)
    quarter = Fraction(len(amounts), 4)
    bottom = -sum_of_most([-amount for amount in amounts], quarter)
    return sum_of_most(amounts, quarter) / bottom if bottom else None


def median(amounts):
    amounts, half = sorted(amounts), len(amounts) // 2
    return Fraction(amounts[half] + amounts[-half - 1], 2) if amounts else None


def kaplan_meier_median(spells):
    """Of (time, whether it happened then): the first time at which half or more had it.

    Who has not had it by then is known to have waited that long and is at risk up to it.
    """
    spells, share = sorted(spells), Fraction(1)
    for time, here in itertools.groupby(spells, key=lambda spell: spell[0]):
        happened = sum(had for _, had in here)
        at_risk = sum(each >= time for each, _ in spells)
        share *= Fraction(at_risk - happened, at_risk)
        if happened and share <= Fraction(1, 2):
            return time
    return None


def days_bucket(days):
    return "0" if not days else str(days) if days < 3 else "3-4" if days < 5 else "5+"


def streak_bucket(streak):
    return "under_5" if streak < 5 else "5-15" if streak <= 15 else "over_15"


def segment(days, weeks):
    """Of active days in so many weeks."""
    return "unused" if not days else "part_of_work" if days >= 3 * weeks else "occasional"
