"""`make bench`: run every measurement, print the ratios and write them down.

A measurement is a module of this package with `def measure(small: bool) -> list[Measured]`. `ARGS` names the ones to run
(all when left out); `--small` takes smaller amounts, to try the measurement itself.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from datetime import UTC, datetime

import django

import bench
from bench.report import Measured, table, write


def main() -> int:
    """Exit status 1 when a promise is not met."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="measurements to run")
    parser.add_argument("--small", action="store_true", help="smaller amounts")
    options = parser.parse_args()
    modules = {}
    for found in pkgutil.iter_modules(bench.__path__):
        if found.name != "__main__" and hasattr(
            module := importlib.import_module(f"bench.{found.name}"), "measure"
        ):
            modules[found.name] = module
    unknown = set(options.names) - set(modules)
    if unknown:
        parser.error(f"no measurement {', '.join(sorted(unknown))}; there are: {', '.join(sorted(modules))}")
    measured: list[Measured] = []
    for name, module in modules.items():
        if not options.names or name in options.names:
            print(f"Measuring {name} ...", flush=True)
            measured += module.measure(options.small)
    print(table(measured))
    print(f"Written to {write(measured, datetime.now(tz=UTC).date())}")
    return 0 if all(one.met for one in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
