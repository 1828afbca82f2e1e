"""Measurements of speed against stated yardsticks (`make bench`)."""
