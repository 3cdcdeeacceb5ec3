"""What is accepted as a password, what fits a hash, which step a code is of."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from bot.staff.passwords import Passwords, fault_of, new_secret, step_of

NOW = datetime(2026, 11, 24, 2, 0, 5, tzinfo=UTC)
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
STRONGER = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
# RFC 6238, appendix B, of the SHA-1 key; eight digits there, the last six here.
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"))


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("九个字九个字九个字", "short"),
        ("十个字的密码刚刚好吧", ""),
        ("correct horse", ""),
        ("x" * 9 + "yz" * 100, "long"),
        ("Password123", "silly"),
        ("1212121212", "silly"),
        ("老王一二三四五六七八", "name"),
    ],
)
def test_a_password_is_long_uncommon_and_not_the_name(password: str, fault: str) -> None:
    assert fault_of(password, "老王") == fault


async def test_a_password_fits_its_own_hash_and_nobodys_never() -> None:
    passwords = Passwords(WEAK)
    kept = await passwords.hash_of("correct horse")
    assert (await passwords.check("correct horse", kept)).fits
    assert not (await passwords.check("correct hose", kept)).fits
    assert not (await passwords.check("correct horse", None)).fits
    assert not (await passwords.check("correct horse", "no hash")).fits


async def test_a_hash_weaker_than_todays_is_renewed_when_it_fits() -> None:
    kept = await Passwords(WEAK).hash_of("correct horse")
    today = Passwords(STRONGER)
    checked = await today.check("correct horse", kept)
    assert checked.fits
    assert (await today.check("correct horse", checked.renewed)).renewed == ""
    assert (await today.check("wrong", kept)).renewed == ""


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_a_code_is_that_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert step_of(code, RFC_KEY, at) == seconds // 30
    assert step_of(f" {code[:3]} {code[3:]} ", RFC_KEY, at) == seconds // 30


def test_one_step_to_either_side_is_let_through() -> None:
    secret = new_secret()
    totp, present = pyotp.TOTP(secret), int(NOW.timestamp()) // 30
    for ahead in range(-3, 4):
        code = totp.at(NOW + timedelta(seconds=30 * ahead))
        wanted = present + ahead if abs(ahead) <= 1 else None
        assert step_of(code, secret, NOW) == wanted, ahead
    for nonsense in ("", "12345", "１２３４５６", "abcdef", "1" * 200):
        assert step_of(nonsense, secret, NOW) is None
