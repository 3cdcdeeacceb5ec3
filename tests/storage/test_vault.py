"""The vault: what is sealed opens only where, for whom and with what it was sealed."""

import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.errors import KeyFileError, SealError
from storage.ids import new_id, new_reference, new_return_code, tidy_code
from storage.keyfile import KeyRing, Keys, create_key_file, read_key_file
from storage.times import from_micros, to_micros
from storage.vault import SYSTEM, Vault

PLACE = "report.answers"


def test_a_sealed_text_opens_again(vault: Vault) -> None:
    key, wrapped = vault.new_key("person")
    sealed = key.seal(PLACE, "太原 · 𠮷")
    assert vault.unwrap("person", wrapped).open(PLACE, sealed) == "太原 · 𠮷"


def test_the_same_text_is_sealed_differently_each_time(vault: Vault) -> None:
    key, _ = vault.new_key("person")
    assert key.seal(PLACE, "x") != key.seal(PLACE, "x")


def test_a_value_moved_to_another_column_does_not_open(vault: Vault) -> None:
    key, _ = vault.new_key("person")
    with pytest.raises(SealError):
        key.open("interview.state", key.seal(PLACE, "x"))


def test_a_value_moved_to_another_person_does_not_open(vault: Vault) -> None:
    key, _ = vault.new_key("person")
    with pytest.raises(SealError):
        replace(key, owner="another").open(PLACE, key.seal(PLACE, "x"))


def test_a_key_moved_to_another_person_does_not_unwrap(vault: Vault) -> None:
    _, wrapped = vault.new_key("person")
    for owner in ("another", SYSTEM):
        with pytest.raises(SealError):
            vault.unwrap(owner, wrapped)


def test_a_value_is_unsealed_in_one_step_only_by_its_own_key_and_person(vault: Vault) -> None:
    key, wrapped = vault.new_key("person")
    other, other_wrapped = vault.new_key("person")
    sealed = key.seal(PLACE, "太原")
    assert vault.unseal("person", wrapped, PLACE, sealed).decode() == "太原"
    for owner, its, place in (
        ("person", other_wrapped, PLACE),
        ("other", wrapped, PLACE),
        ("person", wrapped, "other.column"),
    ):
        with pytest.raises(SealError):
            vault.unseal(owner, its, place, sealed)
    assert other.key_id != key.key_id


@pytest.mark.parametrize("at", [0, 1, 2, 6, 18, -1])
def test_a_single_altered_bit_is_noticed(vault: Vault, at: int) -> None:
    key, _ = vault.new_key("person")
    sealed = bytearray(key.seal(PLACE, "a text"))
    sealed[at] ^= 1
    with pytest.raises(SealError):
        key.open(PLACE, bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 6, 17, 20])
def test_a_value_cut_short_is_noticed(vault: Vault, length: int) -> None:
    key, _ = vault.new_key("person")
    with pytest.raises(SealError):
        key.open(PLACE, key.seal(PLACE, "a text")[:length])


def test_digests_depend_on_use_value_and_key(vault: Vault, tmp_path: Path) -> None:
    other = tmp_path / "other" / "keys.json"
    create_key_file(other)
    digests = {
        vault.digest("identity", "1"),
        vault.digest("identity", "2"),
        vault.digest("code", "1"),
        Vault.open(other).digest("identity", "1"),
    }
    assert len(digests) == 4
    assert vault.digest("identity", "1") == vault.digest("identity", "1")


def test_old_keys_still_open_what_they_sealed_after_a_rotation(key_file: Path) -> None:
    old = read_key_file(key_file)
    _, wrapped = Vault(old, key_file).new_key("person")
    extra = {"0000000a": b"k" * 32}
    new = Keys(
        KeyRing("0000000a", old.wrapping.keys | extra),
        KeyRing("0000000a", old.index.keys | extra),
    )
    rotated = Vault(new, key_file)
    assert rotated.unwrap("person", wrapped).owner == "person"
    assert (
        Vault(old, key_file).digest("identity", "1") in rotated.digests("identity", "1").values()
    )
    with pytest.raises(SealError):
        Vault(old, key_file).unwrap("person", rotated.new_key("person")[1])


def test_keys_do_not_show_in_their_representation(vault: Vault, key_file: Path) -> None:
    key, _ = vault.new_key("person")
    assert repr(key) == "DataKey(owner='person')"
    assert "keys=" not in repr(read_key_file(key_file))


def test_a_key_file_is_made_for_its_owner_only_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    create_key_file(path)
    before = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(KeyFileError):
        create_key_file(path)
    assert path.read_bytes() == before


def test_a_missing_key_file_says_where_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"nothing\.json.*missing.*backup"):
        Vault.open(tmp_path / "nothing.json")


def test_a_key_file_that_others_may_read_is_refused(key_file: Path) -> None:
    key_file.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        Vault.open(key_file)


@pytest.mark.parametrize(
    "text", ["", "{}", "no json", '{"version": 1, "wrapping": {"current": "x"}}', "\udcff"]
)
def test_a_broken_key_file_is_refused_without_quoting_it(key_file: Path, text: str) -> None:
    key_file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(KeyFileError) as refused:
        Vault.open(key_file)
    assert not text or text not in str(refused.value)


def test_a_short_key_is_refused(key_file: Path) -> None:
    key_file.write_text(key_file.read_text().replace('=="', '"').replace('="', '"'))
    with pytest.raises(KeyFileError):
        Vault.open(key_file)


def test_ids_sort_by_time_and_codes_are_readable() -> None:
    early = new_id(datetime(2026, 1, 1, tzinfo=UTC))
    late = new_id(datetime(2026, 1, 2, tzinfo=UTC))
    assert early < late
    assert (early[14], early[19] in "89ab", len(early)) == ("7", True, 36)
    assert len({new_reference() for _ in range(100)}) == 100
    code = new_return_code()
    assert tidy_code(f"  {code[:4].lower()} - {code[4:]}") == code
    assert not set(code) & set("01OIL")


def test_times_are_whole_microseconds_and_never_naive() -> None:
    moment = datetime(2026, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)
    assert from_micros(to_micros(moment)) == moment
    with pytest.raises(TypeError):
        to_micros(moment.replace(tzinfo=None))
