"""A problem document (RFC 9457) on the wire, as ``api.problems`` writes it."""

from pydantic import Field

from api.schemas.wire import Wire


class ProblemFault(Wire):
    """One fault in what was sent: where, a stable code, and what was expected instead."""

    pointer: str = Field(
        description="A JSON pointer into the body, or `query:`, `path:` or `header:` and a name",
        examples=["/hoursPerWeek"],
    )
    code: str = Field(examples=["less_than_equal"])
    detail: str = Field(description="What was expected; empty where it is not told", examples=[""])


class Problem(Wire):
    """Why a request was not done (RFC 9457); nothing of what was sent is repeated."""

    type: str = Field(examples=["urn:steget:problem:not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(ge=400, le=599, examples=[404])
    detail: str = Field(examples=["There is nothing here that you may see."])
    instance: str = Field(
        description="The trace, as in the log",
        examples=["urn:steget:trace:0af7651916cd43dd8448eb211c80319c"],
    )
    code: str = Field(description="Stable, for programs", examples=["not-found"])
    errors: tuple[ProblemFault, ...] = Field(
        description="Every fault; empty where it is not about what was sent", examples=[[]]
    )
