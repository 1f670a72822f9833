"""Days and weeks of the sample, places with their clocks, and holidays."""

import datetime

DAY = datetime.timedelta(days=1)
FIRST_DAY = datetime.date(2026, 7, 27)  # Monday of 2026-W31
LAST_DAY = datetime.date(2026, 11, 15)  # Sunday of 2026-W46
FIRST_WEEK, LAST_WEEK = 31, 46


def date(text):
    return datetime.date.fromisoformat(text)


def monday(week):
    return FIRST_DAY + (week - FIRST_WEEK) * 7 * DAY


def week_of(day):
    return FIRST_WEEK + (day - FIRST_DAY).days // 7


def days_of_week(week):
    return [monday(week) + offset * DAY for offset in range(7)]


def days_between(first, last):
    return [first + offset * DAY for offset in range((last - first).days + 1)]


# Country: time zone, minutes ahead of UTC at the start, day of the autumn change, minutes after.
PLACES = {
    "PT": ("Europe/Lisbon", 60, date("2026-10-25"), 0),
    "DE": ("Europe/Berlin", 120, date("2026-10-25"), 60),
    "US": ("America/New_York", -240, date("2026-11-01"), -300),
    "JP": ("Asia/Tokyo", 540, None, 540),
    "IN": ("Asia/Kolkata", 330, None, 330),
    "EG": ("Africa/Cairo", 180, date("2026-10-30"), 120),
}


def zone(country):
    return PLACES[country][0]


def utc_offset_minutes(country, day):
    _, before, change, after = PLACES[country]
    return before if change is None or day < change else after


def local_time(country, day, minute):
    """The UTC instant of a minute of the day where somebody works."""
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc)
    return midnight + datetime.timedelta(minutes=minute - utc_offset_minutes(country, day))


# Calendar "*" is everybody's. Those in CALENDAR_FILES are handed over as .ics, the rest as CSV.
HOLIDAYS = [
    ("*", "2026-09-02", "Recharge days"),
    ("*", "2026-09-03", "Recharge days"),
    ("*", "2026-09-04", "Recharge days"),
    ("PT", "2026-10-05", "Implantação da República"),
    ("US", "2026-09-07", "Labor Day"),
    ("US", "2026-10-12", "Columbus Day"),
    ("US", "2026-11-26", "Thanksgiving"),
    ("JP", "2026-08-11", "山の日"),
    ("JP", "2026-09-21", "敬老の日"),
    ("JP", "2026-09-22", "国民の休日"),
    ("JP", "2026-09-23", "秋分の日"),
    ("JP", "2026-10-12", "スポーツの日"),
    ("JP", "2026-11-03", "文化の日"),
    ("EG", "2026-08-26", "Prophet's birthday"),
    ("EG", "2026-10-06", "Armed Forces Day"),
    ("DE", "2026-10-03", "Tag der Deutschen Einheit"),
    ("DE", "2026-12-25", "Weihnachten"),
    ("DE", "2026-12-26", "Weihnachten"),
    ("IN", "2026-08-15", "Independence Day"),
    ("IN", "2026-10-02", "Gandhi Jayanti"),
    ("IN", "2026-10-20", "Dussehra"),
    ("IN", "2026-11-09", "Diwali, office closed"),
]
CALENDAR_FILES = ["DE", "IN"]

_HOLIDAY_SET = {(calendar, date(day)) for calendar, day, _ in HOLIDAYS}


def is_holiday(country, day):
    return ("*", day) in _HOLIDAY_SET or (country, day) in _HOLIDAY_SET
