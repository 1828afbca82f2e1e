"""Statutory returns: reading those an authority has made."""
