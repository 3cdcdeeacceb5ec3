"""Rosters as counties write them, of made-up people."""

from tests.identities import Identity, identity

HEADER = ("姓名", "身份证号", "手机号码", "县（市、区）", "乡镇（街道）", "村（社区）", "民族")
PEOPLE = [identity(serial) for serial in range(601, 640)]


def row(one: Identity, **changes: str) -> list[str]:
    """Return a row as a county writes it."""
    values = {
        "name": one.name,
        "id_number": one.id_number,
        "phone": one.phone,
        "county": "稷山县",
        "township": "西社镇",
        "village": "西社村",
        "ethnicity": "汉族",
    }
    return list({**values, **changes}.values())
