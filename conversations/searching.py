"""What somebody of the staff looks for among the people of a place: a value, nothing else.

The conditions of a follow-up stand in it as they are, so that whoever was found can be prompted.
"""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from conversations.followups import Filter

Stage = Literal["", "submitted", "verified", "returned", "exported", "accepted", "rejected"]
STAGES: Final = ("submitted", "verified", "returned", "exported", "accepted", "rejected")


class Search(BaseModel):
    """Conditions, all of which hold for whoever is found; what is not set asks for nothing.

    Attributes:
        filter: what a follow-up would ask for.
        at: id of the place in whose people it looks; "" for all that an account looks after.
        stage: how far the last report is.
        cycle: of the last report, 0 for no matter.
        standing: in the range, or out of it.
        is_held: the last report was held back from a batch.
        exported: the last report was in a batch.
        name: a part of the name.
        ending: the last two characters of the identity number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    filter: Filter = Filter()
    at: str = Field(default="", max_length=40)
    stage: Stage = ""
    cycle: int = Field(default=0, ge=0, le=9999)
    standing: Literal["", "active", "out_of_range"] = ""
    is_held: bool = False
    exported: Literal["", "yes", "no"] = ""
    name: str = Field(default="", max_length=20, repr=False)
    ending: str = Field(default="", pattern=r"^(\d[\dX])?$", repr=False)

    @property
    def looks_inside(self) -> bool:
        """Tell whether sealed values have to be opened to know who is meant."""
        asked = self.filter
        return bool(self.name or self.ending or asked.village or asked.stuck_in)

    @property
    def asks_more(self) -> bool:
        """Tell whether it asks for something that a follow-up cannot ask for."""
        return self != Search(filter=self.filter, at=self.at)
