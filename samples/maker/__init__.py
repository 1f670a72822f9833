"""Makes the sample company: roster, story, set-up files and three vendors' exports.

Order: roster (who is there) -> story (who does what on which day) -> cursor, claude, copilot
(how each vendor would export it) and setup_files (what the company itself keeps).
"""
