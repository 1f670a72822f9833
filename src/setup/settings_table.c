/* The table of settings. The least value of the privacy thresholds is their default. */
#include "settings_table.h"

#define AT(field) G_STRUCT_OFFSET(TmSettings, field)

const SettingRow setting_rows[] = {
    {"organisation", "name", SETTING_TEXT, AT(organisation), "Organisation", 0, 0,
        "Name of the organisation in reports."},
    {"organisation", "time_zone", SETTING_TIME_ZONE, AT(time_zone), "UTC", 0, 0,
        "Zone in which a day begins and ends, as an IANA name; people.csv may name another for a "
        "person."},
    {"organisation", "currency", SETTING_CURRENCY, AT(currency), "USD", 0, 0,
        "Currency of the figures, ISO 4217; other currencies are listed apart, never converted."},
    {"organisation", "work_days", SETTING_WORK_DAYS, AT(work_days), "Mon-Fri", 0, 0,
        "Days of work: xxxxx--, Mon-Fri, Sun-Thu or Mon,Tue,Thu; people.csv may differ."},
    {"organisation", "hours_per_day", SETTING_INTEGER, AT(hours_per_day), "8", 1, 24,
        "Working hours of a day."},
    {"organisation", "fiscal_year_month", SETTING_INTEGER, AT(fiscal_year_month), "1", 1, 12,
        "First month of the fiscal year; its name is the calendar year that it ends in."},

    {"publishing", "settle_days", SETTING_INTEGER, AT(settle_days), "3", 0, 28,
        "Days after Sunday before a week is published, so that late exports are in."},
    {"publishing", "history_weeks", SETTING_INTEGER, AT(history_weeks), "13", 1, 520,
        "Weeks of the past that a first run publishes at most."},
    {"publishing", "minimum_people", SETTING_INTEGER, AT(minimum_people), "5", 5, 1000,
        "Smallest group that has a figure; can only be raised."},
    {"publishing", "distribution_people", SETTING_INTEGER, AT(distribution_people), "12", 12, 1000,
        "Smallest group with medians and other distribution figures; can only be raised."},
    {"publishing", "cross_cut_people", SETTING_INTEGER, AT(cross_cut_people), "20", 20, 1000,
        "Smallest group that is split by tool, model or task; can only be raised."},
    {"publishing", "p_percent", SETTING_INTEGER, AT(p_percent), "15", 15, 100,
        "How far a group's sum must stay from giving away its largest part, in percent; can only "
        "be raised."},

    {"activity", "active_threshold", SETTING_INTEGER, AT(active_threshold), "1", 1, 1000,
        "Interactions that make a day active."},
    {"activity", "regular_sessions", SETTING_INTEGER, AT(regular_sessions), "3", 1, 1000,
        "Sessions in a week that make a regular user."},
    {"activity", "regular_days", SETTING_INTEGER, AT(regular_days), "3", 1, 7,
        "Active days in a week that make a regular user."},
    {"activity", "regular_tokens", SETTING_INTEGER, AT(regular_tokens), "10000", 1,
        G_GINT64_CONSTANT(1000000000000), "Tokens in a week that make a regular user."},

    {"alerts", "cost_spike_percent", SETTING_INTEGER, AT(cost_spike_percent), "150", 101, 10000,
        "A week's cost above this percentage of its baseline is an alert."},
    {"alerts", "adoption_drop_points", SETTING_INTEGER, AT(adoption_drop_points), "10", 1, 100,
        "Adoption this many points below its baseline is an alert."},
    {"alerts", "unused_seats_percent", SETTING_INTEGER, AT(unused_seats_percent), "10", 1, 100,
        "This share of a tool's seats without a session is an alert."},

    {"identities", "drop_plus_tags", SETTING_BOOLEAN, AT(drop_plus_tags), "true", 0, 0,
        "Read ana+cursor@example.com as ana@example.com when no row says otherwise."},

    {"outcomes", "date_format", SETTING_DATE_ORDER, AT(outcomes_date_order), "auto", 0, 0,
        "How Jira's dates such as 03/04/26 are meant: day_first, month_first, or auto, which looks "
        "for a number above 12 in the file and refuses the file without one."},
    {"outcomes", "time_zone", SETTING_OTHER_ZONE, AT(outcomes_time_zone), "", 0, 0,
        "Zone of Jira's dates without an offset, as an IANA name; empty: the organisation's."},
    {"outcomes", "author_day", SETTING_BOOLEAN, AT(outcomes_author_day), "false", 0, 0,
        "Count a commit on the day on which it was written; else on the day on which it came into "
        "this history."},
    {"outcomes", "sub_tasks", SETTING_BOOLEAN, AT(outcomes_sub_tasks), "false", 0, 0,
        "Count closed sub-tasks as closed tasks."},
    {"outcomes", "feature_types", SETTING_TEXT, AT(outcomes_feature_types),
        "Epic, Feature, New Feature", 0, 0,
        "Issue types and labels, by comma, of closed issues that are shipped features."},
    {"outcomes", "excluded_resolutions", SETTING_TEXT, AT(outcomes_excluded_resolutions),
        "Won't Do, Won't Fix, Duplicate, Cannot Reproduce, Not Planned", 0, 0,
        "Resolutions, by comma, of closed issues that are not counted."},

    {"prices", "cache_writes", SETTING_CACHE_LIFETIME, AT(hour_cache_writes), "1h", 0, 0,
        "Lifetime of cache writes of which an export gives only the total: 5m or 1h. Claude Code "
        "writes mostly 1-hour entries, which cost more."},

    {"paths", "roster", SETTING_PATH, AT(roster_path), ".", 0, 0,
        "Folder of people.csv and the other set-up files."},
    {"paths", "exports", SETTING_PATH, AT(exports_path), "exports", 0, 0,
        "Folder of vendor exports that run reads when none is named."},
    {"paths", "outcomes", SETTING_PATH, AT(outcomes_path), "outcomes", 0, 0,
        "Folder of exports of development tools (docs/outcomes.md); may be missing."},
    {"paths", "mappings", SETTING_PATH, AT(mappings_path), "mappings", 0, 0,
        "Folder of descriptions of other vendors' exports (docs/mapping.md); may be missing."},
    {"paths", "ledger", SETTING_PATH, AT(ledger_path), "private/ledger.sqlite", 0, 0,
        "Private store of person-days."},
    {"paths", "key", SETTING_PATH, AT(key_path), "private/ledger.key", 0, 0,
        "Key of the pseudonyms; without it the private store is unreadable."},
    {"paths", "quarantine", SETTING_PATH, AT(quarantine_path), "private/quarantine.csv", 0, 0,
        "List of the records that were left out, and why."},
    {"paths", "archive", SETTING_PATH, AT(archive_path), "archive/archive.sqlite", 0, 0,
        "Published figures, from which every report is made."},
    {"paths", "audit", SETTING_PATH, AT(audit_path), "archive/audit.jsonl", 0, 0,
        "Log of the runs, each line with the hash of the one before."},
    {"paths", "output", SETTING_PATH, AT(output_path), "out", 0, 0, "Folder of the reports."},
    {"paths", "templates", SETTING_PATH, AT(template_path), "", 0, 0,
        "Folder of your own templates; empty: those that come with Tidemark."},
};

const gsize setting_row_count = G_N_ELEMENTS(setting_rows);
