"""Every view declares who may open it."""

import pytest

from casework.rules.permissions import Permission
from tests.contracts.addresses import OPEN, addresses

ADDRESSES = addresses()


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: f"{address.name} /{address.route}")
def test_every_view_declares_a_permission(address):
    if address.name in OPEN:
        assert not address.declares, f"{address.name} declares a permission: take it out of OPEN."
        return
    assert address.declares, (
        f"{address.name}: put @needs(Permission.…) on the page, or `permission` and `scope` on the endpoint."
    )
    assert address.permission is None or address.permission in Permission


def test_nothing_is_open_that_does_not_exist():
    assert set(OPEN) <= {address.name for address in ADDRESSES}


def test_every_address_has_a_name():
    assert [address.route for address in ADDRESSES if address.name.endswith("None")] == []
