"""The indicators, one family a module. `reporting.registry` collects them."""
