"""Asks the web process of this container how it is: python config/probe.py /readyz. Exit status 0 means well.

Run as a file, not with -m, so that nothing of Waymark is loaded every few seconds.
"""

import http.client
import os
import sys

SECONDS = 4


def main(path: str) -> int:
    """0 on a 200 answer, else 1; prints the answer."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    web = http.client.HTTPConnection("127.0.0.1", 8000, timeout=SECONDS)
    try:
        web.request("GET", path, headers={"Host": host})
        answer = web.getresponse()
        sys.stdout.write(answer.read().decode())
    except OSError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0 if answer.status == http.client.OK else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
