"""What became of typed words: understood, fitting several options, or unclear with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from conversations.xform.question import Choice


class Reason(StrEnum):
    """Why words were no answer; each is a key of texts/replies.zh.toml."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    INVISIBLE = "invisible"
    ONLY_EMOJI = "only_emoji"
    REQUIRED = "required"
    DO_NOT_KNOW = "do_not_know"
    NOT_AN_OPTION = "not_an_option"
    NO_SUCH_NUMBER = "no_such_number"
    SEVERAL_OPTIONS = "several_options"
    SAID_NO = "said_no"
    YES_OR_NO = "yes_or_no"
    ID_15_DIGITS = "id_15_digits"
    ID_NO_DIGITS = "id_no_digits"
    ID_LENGTH = "id_length"
    ID_LETTERS = "id_letters"
    ID_REGION = "id_region"
    ID_DATE = "id_date"
    ID_FUTURE = "id_future"
    ID_TOO_OLD = "id_too_old"
    ID_CHECK_DIGIT = "id_check_digit"
    PHONE_NO_DIGITS = "phone_no_digits"
    PHONE_SHORT = "phone_short"
    PHONE_LONG = "phone_long"
    PHONE_LANDLINE = "phone_landline"
    PHONE_FOREIGN = "phone_foreign"
    PHONE_NOT_MOBILE = "phone_not_mobile"
    PHONE_UNUSUAL = "phone_unusual"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_NEGATIVE = "number_negative"
    NUMBER_TOO_BIG = "number_too_big"
    NUMBER_NOT_WHOLE = "number_not_whole"
    MONEY_UNCLEAR = "money_unclear"
    MONEY_RANGE = "money_range"
    MONEY_PER_DAY = "money_per_day"
    MONEY_PER_YEAR = "money_per_year"
    MONTH_UNCLEAR = "month_unclear"
    MONTH_MISSING = "month_missing"
    MONTH_IMPOSSIBLE = "month_impossible"
    DATE_UNCLEAR = "date_unclear"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_IMPOSSIBLE = "date_impossible"
    NAME_SHORT = "name_short"
    NAME_LONG = "name_long"
    NAME_DIGITS = "name_digits"
    NAME_NOT_HAN = "name_not_han"
    VILLAGE_UNCLEAR = "village_unclear"


@dataclass(frozen=True, slots=True)
class Understood:
    """`value` is canonical ("" clears an optional answer), `shown` says it in words, unmasked.

    `doubt` is a reason to ask for a second look although the value is taken.
    """

    value: str
    shown: str
    doubt: Reason | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """Words that are part of several labels: `query` narrows the list to these choices."""

    query: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that are no answer. `params` fill the blanks of the reason's sentence."""

    reason: Reason
    params: Mapping[str, str] = field(default_factory=dict)


Reading = Understood | Several | Unclear
