"""What goes wrong at the interface, told as RFC 9457 says."""

from collections.abc import Iterable
from typing import Final

from starlette.responses import Response

from bot.web.api.models import Problem
from bot.web.api.words import load_words

TYPE: Final = "application/problem+json"
# What can be wrong, and its status.
STATUSES: Final = {
    "field": 400,
    "token": 401,
    "scope": 403,
    "path": 404,
    "method": 405,
    "often": 429,
    "later": 503,
}


class ApiProblem(Exception):
    """A request that is answered with a problem.

    Args of the constructor, where not plain:
        kind: one of `STATUSES`.
        field: the parameter that is wrong, "" where none is.
        allowed: what could stand in it.
        wait: seconds after which trying again makes sense, 0 for never.
    """

    def __init__(
        self, kind: str, *, field: str = "", allowed: Iterable[str] = (), wait: int = 0
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.field = field
        self.allowed = tuple(allowed)
        self.wait = wait


def answered(problem: ApiProblem) -> Response:
    """Return the answer that tells of a problem."""
    words, status = load_words(), STATUSES[problem.kind]
    told = Problem(
        type=f"/api/v1/docs#{problem.kind}",
        title=words(f"api.problem.{problem.kind}"),
        status=status,
        detail=words(f"api.problem.{problem.kind}_cure", field=problem.field),
        field=problem.field,
        allowed=problem.allowed,
    )
    headers = {"Retry-After": str(problem.wait)} if problem.wait else {}
    if status == STATUSES["token"]:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(told.model_dump_json(), status, headers, TYPE)
