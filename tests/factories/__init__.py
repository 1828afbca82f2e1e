"""A factory for every model."""
