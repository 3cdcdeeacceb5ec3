"""Answers in JSON to a record by role."""

import json

import pytest
from pydantic_core import ValidationError

from storage.export.columns import record_reader
from tests.identities import identity

ROLES = {"name": "/data/who[1]/name[1]", "phone_listed": "/data/who[1]/phone[1]"}


def test_a_record_holds_the_given_values_that_have_a_role() -> None:
    read = record_reader(ROLES)
    answers = {ROLES["name"]: "王\n“全”\\", ROLES["phone_listed"]: "", "/data/other[1]": "1"}
    for is_ascii in (True, False):
        content = json.dumps(answers, ensure_ascii=is_ascii).encode()
        assert read(content) == {"name": "王\n“全”\\"}
    assert read(b"{}") == {}


def test_answers_out_of_order_are_refused_without_showing_them() -> None:
    person = identity()
    content = json.dumps({ROLES["name"]: [person.name]}, ensure_ascii=False).encode()
    for damaged in (content, content[:-1]):
        with pytest.raises(ValidationError) as refused:
            record_reader(ROLES)(damaged)
        assert person.name not in str(refused.value)
