"""The finished record: what the form's answers mean, by the field's own names.

The form says by its `role` hints which answer is which, so nothing here knows a path.
"""

from collections.abc import Mapping
from typing import Any, Final

from conversations.xform import Form

_INCOME_BANDS: Final = (2000, 3000, 4000, 5000, 6000, 8000)
_YOUNG: Final = 17

# What stays in the clear beside the sealed answers, for filters and statistics, and the role it
# is read from. Everything that is not here is sealed.
CLEAR: Final = {
    "city_id": "city",
    "county_id": "county",
    "township_id": "township",
    "sex": "gender",
    "education": "education",
    "employment_status": "employment_status",
    "employment_form": "employment_form",
    "work_industry": "work_industry",
    "stable_employment": "stable_employment",
    "startup_status": "startup_status",
    "returnee_startup": "returnee_startup",
    "transfer_region": "transfer_region",
    "work_province": "work_province",
    "unemployed_reason": "unemployed_reason",
    "job_intent": "job_intent",
    "job_industry": "job_industry",
    "expected_salary": "expected_salary",
    "expected_place": "expected_place",
    "training_intent": "training_intent",
    "training_month": "training_date",
    "training_place": "training_place",
    "training_trade": "training_trade",
    "informant_relation": "informant_relation",
    "collection_method": "collection_method",
}


def by_role(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the given values by role; roles without a value are left out."""
    return {role: answers[path] for role, path in form.roles.items() if answers.get(path)}


def clear_part(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the coded part of a record given by role, by column name."""
    return {column: values.get(role) for column, role in CLEAR.items()}


def birth_year(values: Mapping[str, str]) -> int | None:
    """Return the year of birth."""
    year = values.get("birth_year", "")
    return int(year) if year.isdecimal() else None


def birth_month(values: Mapping[str, str]) -> int | None:
    """Return the month of birth of those below 17 only: they are screened by it."""
    age, born = values.get("age", ""), values.get("birth_date", "")
    return int(born[5:7]) if age.isdecimal() and int(age) < _YOUNG and born else None


def income_band(values: Mapping[str, str]) -> str | None:
    """Return the band of the monthly income in yuan, "1" (up to 2,000) to "7" (above 8,000).

    The bands are those of the expected salary, so that wishes and facts can be compared.
    """
    income = values.get("monthly_income", "")
    if not income.isdecimal():
        return None
    return str(1 + sum(int(income) > limit for limit in _INCOME_BANDS))
