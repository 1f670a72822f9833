"""Hostile inputs: see cases.py."""
