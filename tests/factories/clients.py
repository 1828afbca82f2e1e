"""Other systems that read through the API."""

import factory
from oauth2_provider.models import Application

from casework.models import ApiClient


def _application(_):
    return Application.objects.create(
        name="A system",
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )


class ApiClientFactory(factory.django.DjangoModelFactory):
    """A client that may read plans."""

    class Meta:
        model = ApiClient

    application = factory.LazyAttribute(_application)
    scopes = factory.LazyFunction(lambda: ["plans:read"])
    answered_for_by = "The data team"
