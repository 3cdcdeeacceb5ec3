"""Who may do what, written out by hand: the tests hold the program against it.

Columns are station, county, city, province, operator, auditor; an x is a yes.
"""

from typing import Final

from conversations.scope import PROVINCE, Action, Mandate

ROLES: Final = ("station", "county", "city", "province", "operator", "auditor")
_TABLE: Final = """
    talk              x x . . . .
    voice.hear        x x . . . .
    case.close        x x . . . .
    list.see          x x x x . .
    person.see        x x x x . .
    person.see_whole  x x . . . .
    follow_up         x x . . . .
    enter             x x . . . .
    report.verify     x x . . . .
    report.return     x x . . . .
    case.assign       x x . . . .
    visit_sheet       x x . . . .
    roster            x x . . . .
    export            . x . . . .
    wording.approve   . x . . . .
    account.invite    . x x x x .
    account.suspend   . x x x x .
    account.deputize  . x x x x .
    account.view_as   . x x x . .
    account.reset     . x x x x .
    audit.read        . x x x . x
    operate           . . . . x .
"""
ALLOWED: Final = {
    (role, action)
    for action, *marks in (line.split() for line in _TABLE.strip().splitlines())
    for role, mark in zip(ROLES, marks, strict=True)
    if mark == "x"
}
NAMED: Final = {line.split()[0] for line in _TABLE.strip().splitlines()}

# 西社镇 in 稷山县, 运城市; another township of the county, of the city, of another city.
OWN, BESIDE, IN_CITY, FAR = "t0727", "t0726", "t0733", "t0001"
COUNTY, CITY = "k065", "c08"
SCOPES: Final = {
    "station": OWN,
    "county": COUNTY,
    "city": CITY,
    "province": PROVINCE,
    "operator": PROVINCE,
    "auditor": PROVINCE,
}
PLACES: Final = (OWN, BESIDE, COUNTY, IN_CITY, CITY, FAR, PROVINCE, "nowhere")
_EVERYWHERE: Final = {OWN, BESIDE, COUNTY, IN_CITY, CITY, FAR, PROVINCE}
# Of whom only the county is known, each of its stations may look after.
REACHED: Final = {
    "station": {OWN, COUNTY},
    "county": {OWN, BESIDE, COUNTY},
    "city": {OWN, BESIDE, COUNTY, IN_CITY, CITY},
    "province": _EVERYWHERE,
    "operator": _EVERYWHERE,
    "auditor": _EVERYWHERE,
}

_IN_CHARGE: Final = {
    ("county", "station"),
    ("city", "county"),
    ("province", "city"),
    ("province", "county"),
    *(("operator", role) for role in ROLES),
}
_LOOKS_AT: Final = {
    ("county", "station"),
    ("city", "station"),
    ("city", "county"),
    ("province", "station"),
    ("province", "county"),
    ("province", "city"),
}
IN_CHARGE: Final = {
    Action.INVITE: _IN_CHARGE,
    Action.SUSPEND: _IN_CHARGE,
    Action.DEPUTIZE: _IN_CHARGE,
    Action.RESET: _IN_CHARGE,
    Action.VIEW_AS: _LOOKS_AT,
}
# Accounts of others; where each works, and whose scope that is in.
ACCOUNTS: Final = {
    Mandate("a1", "station", BESIDE): {COUNTY, CITY, PROVINCE},
    Mandate("a2", "station", FAR): {"k001", "c01", PROVINCE},
    Mandate("a3", "county", "k066"): {CITY, PROVINCE},
    Mandate("a4", "county", "k001"): {"c01", PROVINCE},
    Mandate("a5", "city", "c01"): {PROVINCE},
    Mandate("a6", "province", PROVINCE): {PROVINCE},
    Mandate("a7", "operator", PROVINCE): {PROVINCE},
    Mandate("a8", "auditor", PROVINCE): {PROVINCE},
    Mandate("a9", "county", COUNTY): {COUNTY, CITY, PROVINCE},
    Mandate("a10", "station", COUNTY): {COUNTY, CITY, PROVINCE},
}


def own(role: str) -> Mandate:
    """Return what an account of this role acts by, at its place in the table."""
    return Mandate("own", role, SCOPES[role])
