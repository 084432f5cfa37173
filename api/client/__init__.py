"""A typed client of the API, for programs, the command line, notebooks and tests.

    with Client(httpx.Client(base_url="https://steget.example.se"), token) as steget:
        answer = steget.read_opening(opening)
        steget.replace_opening(opening, changed, version=answer.etag)

There is a method for every operation, of its name; it takes and gives the types of
``api.schemas``. Texts of problems come in the language that ``http`` asks for.
"""

from api.client.accounts import Accounts
from api.client.calls import Answer, ProblemError
from api.client.people import People
from api.client.places import Places
from api.client.work import Work

__all__ = ["Answer", "Client", "ProblemError"]


class Client(Accounts, People, Places, Work):
    """The whole API."""
