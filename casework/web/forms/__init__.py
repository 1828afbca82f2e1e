"""The forms of casework pages."""
