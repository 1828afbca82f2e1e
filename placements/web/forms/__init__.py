"""The forms of placement pages."""
