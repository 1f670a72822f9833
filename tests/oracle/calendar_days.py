"""Weeks and days: a week is counted from that of Monday 1969-12-29, a day is a datetime.date."""

import datetime
import functools
from datetime import date, timedelta
from fractions import Fraction

FIRST_MONDAY = date(1969, 12, 29)
DAY = timedelta(days=1)


@functools.lru_cache(maxsize=None)
def week_of(day):
    return (day - FIRST_MONDAY).days // 7


@functools.lru_cache(maxsize=None)
def monday(week):
    return FIRST_MONDAY + timedelta(weeks=week)


@functools.lru_cache(maxsize=None)
def days_of(week):
    return tuple(monday(week) + timedelta(days=n) for n in range(7))


def days_between(first, last):
    while first <= last:
        yield first
        first += DAY


def label(week):
    year, number, _ = monday(week).isocalendar()
    return f"{year}-W{number:02d}"


def day_share(day, yearly):
    """The part of a month's or a year's price that falls on one day."""
    if yearly:
        return Fraction(1, (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Fraction(1, (following - day.replace(day=1)).days)


def half_even(value, step=1):
    """To the nearest multiple of step; Python's round() of a fraction takes halves to even."""
    return round(Fraction(value) / step) * step


def read_instant(text):
    """Milliseconds do not matter for days, but they do for the gaps of sessions."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
