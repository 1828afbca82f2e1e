"""The pages of casework, one task a module."""
