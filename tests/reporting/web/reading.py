"""Short ways to read what the pages of reports say."""

import csv
import io
from decimal import Decimal


def ok(client, address):
    """The response of an address that must answer."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response


def cells(response):
    """The table of an indicator's page as it is shown: rows of cells, the total last."""
    table = response.context["table"]
    return [*(row[1:] for row in table.rows), table.totals[1:]]


def lines(client, address):
    """The rows of a CSV file as dicts."""
    body = b"".join(ok(client, address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def number(words):
    """A figure as shown, as a number."""
    return Decimal(str(words).replace(",", "").replace("£", "").replace("−", "-").rstrip("%"))
