"""Makes the sample company: roster, story, set-up files, exports, outcomes.

Order: roster (who is there) -> story (who does what on which day) -> cursor, claude, copilot
(how each vendor would export it), then what tells of the same use once more: clients and its
readers laptops and collector, copilot_admin, claude_bills; gemini (a pilot beside it); setup_files
and outcomes (what the company itself keeps).
"""
