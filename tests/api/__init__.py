"""The REST API, called as other systems and people call it."""
