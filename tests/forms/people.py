"""Six standard people: what each answers, by question name."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from tests.identities import identity

AGREED: Final = {"consent": "yes", "sensitive_consent": "yes"}
ONESELF: Final = {**AGREED, "informant_relation": "0"}
SCREENED: Final = {"hukou_kind": "rural", "situation": "none", "labour_capacity": "1"}
HOME: Final = {"city": "c08", "county": "k065", "township": "t0727", "village": "东张村"}
PLAIN: Final = {"ethnicity": "01", "political_status": "13", "education": "71", **HOME}
WANTS_NOTHING: Final = {"job_intent": "0", "training_intent": "0"}


def _known(seed: int, born_on: date) -> dict[str, str]:
    person = identity(seed, born_on)
    return {"name": person.name, "id_number": person.id_number, "phone": person.phone}


EMPLOYED_AWAY: Final[Mapping[str, str]] = {
    **ONESELF,
    **SCREENED,
    **_known(1, date(1990, 5, 17)),
    **PLAIN,
    **{"employment_status": "1", "employment_form": "1", "work_industry": "C"},
    **{"employer": "电子厂", "monthly_income": "5200", "stable_employment": "1"},
    **{"transfer_region": "5", "work_province": "320000", "work_place_detail": "苏州昆山"},
    **{"transfer_date": "2024-03"},
    **WANTS_NOTHING,
}
FARMING: Final[Mapping[str, str]] = {
    **ONESELF,
    **SCREENED,
    **_known(2, date(1966, 1, 3)),
    **PLAIN,
    **{"employment_status": "2", "monthly_income": "1500", "startup_kind": "0"},
    **{"job_intent": "0", "training_intent": "1", "training_date": "2027-01"},
    **{"training_place": "2", "training_trade": "20 22"},
}
OUT_OF_WORK: Final[Mapping[str, str]] = {
    **ONESELF,
    **{**SCREENED, "labour_capacity": "2"},
    **_known(3, date(1985, 9, 30)),
    **PLAIN,
    **{"employment_status": "3", "unemployed_reason": "5"},
    **{"job_intent": "1", "job_industry": "E", "expected_salary": "4"},
    **{"expected_place": "5", "expected_province": "110000"},
    **{"training_intent": "1", "training_date": "2026-12", "training_place": "3"},
    **{"training_trade": "02 99", "training_trade_other": "修手机"},
}
RETURNEE: Final[Mapping[str, str]] = {
    **ONESELF,
    **SCREENED,
    **_known(4, date(1978, 2, 28)),
    **PLAIN,
    **{"employment_status": "1", "employment_form": "2", "work_industry": "F"},
    **{"monthly_income": "6000", "stable_employment": "1", "startup_kind": "1"},
    **{"returnee_startup": "1", "transfer_region": "2"},
    **WANTS_NOTHING,
}
OUT_OF_RANGE: Final[Mapping[str, str]] = {
    **ONESELF,
    **{"hukou_kind": "rural", "situation": "student"},
}
PROXY: Final[Mapping[str, str]] = {
    **AGREED,
    **{"informant_relation": "3", "informant_phone": "19900000077"},
    **{**SCREENED, "labour_capacity": "3"},
    **_known(5, date(1959, 12, 1)),
    **{**PLAIN, "phone": "", "education": "81"},
    **{"employment_status": "2", "monthly_income": "800", "startup_kind": "0"},
    **WANTS_NOTHING,
}
STANDARD: Final[Mapping[str, Mapping[str, str]]] = {
    "employed away": EMPLOYED_AWAY,
    "farming at home": FARMING,
    "out of work": OUT_OF_WORK,
    "self-employed returnee": RETURNEE,
    "out of range": OUT_OF_RANGE,
    "proxy for a parent": PROXY,
}
