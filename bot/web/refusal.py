"""The one error of this package: a request that is answered with a plain page instead."""


class Refusal(Exception):
    """The visitor's request cannot be served now.

    Args of the constructor:
        status: the HTTP status; `bot.web.texts.refused` holds what is said with it.
        wait: seconds after which trying again makes sense, 0 when waiting does not help.
        resend: whether what was posted may be offered again with one tap.
        words: key of what is said in the place of the status' own words.
    """

    def __init__(
        self, status: int, *, wait: int = 0, resend: bool = True, words: str = ""
    ) -> None:
        super().__init__(f"refused with {status}")
        self.status = status
        self.wait = wait
        self.resend = resend
        self.words = words
