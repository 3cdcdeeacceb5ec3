"""What became of typed words: understood, likely some options, or unclear with a reason."""

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
    PHONE_SEVERAL = "phone_several"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_NEGATIVE = "number_negative"
    NUMBER_TOO_BIG = "number_too_big"
    NUMBER_NOT_WHOLE = "number_not_whole"
    MONEY_UNCLEAR = "money_unclear"
    MONEY_RANGE = "money_range"
    MONEY_PER_DAY = "money_per_day"
    MONEY_PER_HOUR = "money_per_hour"
    MONEY_UNIT = "money_unit"
    MONEY_MIDDLE = "money_middle"
    MONEY_FROM_YEAR = "money_from_year"
    MONEY_BY_DAYS = "money_by_days"
    MONEY_SMALL = "money_small"
    MONEY_SENTENCE = "money_sentence"
    MONTH_UNCLEAR = "month_unclear"
    MONTH_MISSING = "month_missing"
    MONTH_IMPOSSIBLE = "month_impossible"
    MONTH_LUNAR = "month_lunar"
    MONTH_SEASON = "month_season"
    MONTH_RANGE = "month_range"
    MONTH_COUNTED = "month_counted"
    DATE_UNCLEAR = "date_unclear"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_LUNAR = "date_lunar"
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
    """Words that may mean these choices: `query` narrows the list to them (search.matching).

    With one choice it is that one, if the person says yes: the words are a part of its label, its
    pinyin, or only sound like it.
    """

    query: str
    choices: tuple[Choice, ...]

    @property
    def only(self) -> Choice | None:
        """Return the one choice that a yes takes, None when there are more."""
        return self.choices[0] if len(self.choices) == 1 else None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that are no answer. `params` fill the blanks of the reason's sentence."""

    reason: Reason
    params: Mapping[str, str] = field(default_factory=dict)


Reading = Understood | Several | Unclear
