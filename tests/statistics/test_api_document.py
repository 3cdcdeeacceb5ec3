"""What the interface says of itself: its description, its page and its words."""

import re
from typing import Any

from bot.definitions import load_definitions
from bot.settings_values import CHECKOUT
from bot.web.api.models import MODELS
from bot.web.api.openapi import operations
from bot.web.api.problems import STATUSES
from bot.web.api.words import load_words
from storage.database import Database
from tests.statistics.caller import ROOT, calling


async def test_the_document_describes_every_address_and_every_answer(
    sqlite: Database,
) -> None:
    async with calling(sqlite, people=30) as caller:
        document = (await caller.http.get(f"{ROOT}/openapi.json")).json()
        answers = {
            "/tables": await caller.read("/tables"),
            "/months": await caller.read("/months"),
            "/places": await caller.read("/places"),
            "/tables/{name}": await caller.read("/tables/employment"),
        }
    assert document["openapi"].startswith("3.1.")
    assert set(document["paths"]) == {one.path for one in operations()} == set(answers)
    schemas = document["components"]["schemas"]
    for path, item in document["paths"].items():
        operation = item["get"]
        assert operation["operationId"]
        named = set(re.findall(r"{(\w+)}", path))
        in_path = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert named == in_path
        assert all(one["required"] for one in operation["parameters"] if one["in"] == "path")
        for status, response in operation["responses"].items():
            assert response["description"]
            for content in response.get("content", {}).values():
                assert _target(content["schema"]["$ref"]) in schemas, status
        shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
        _fits(answers[path], shape, schemas)
    for reference in re.findall(r'"(#/components/schemas/\w+)"', str(document).replace("'", '"')):
        assert _target(reference) in schemas


async def test_the_page_about_it_needs_nothing_from_elsewhere(sqlite: Database) -> None:
    async with calling(sqlite, people=5) as caller:
        page = await caller.http.get(f"{ROOT}/docs")
    assert page.status_code == 200
    for name in ("/tables/{name}", "If-None-Match", *load_definitions().tables):
        assert name in page.text
    sources = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert sources
    assert all(one.startswith("/") and not one.startswith("//") for one in sources)
    assert "<script" not in page.text


def _target(reference: str) -> str:
    return reference.rpartition("/")[2]


_KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def _fits(value: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Hold a value against the part of JSON Schema that the document uses."""
    if "$ref" in schema:
        _fits(value, schemas[_target(schema["$ref"])], schemas)
    elif "anyOf" in schema:
        kinds = [one["type"] for one in schema["anyOf"]]
        assert any(isinstance(value, _KINDS[kind]) for kind in kinds)  # type: ignore[arg-type]
    elif schema.get("type") == "object":
        assert set(schema["required"]) <= value.keys() <= set(schema["properties"])
        assert schema["additionalProperties"] is False
        for name, one in value.items():
            assert schema["properties"][name]["description"]
            _fits(one, schema["properties"][name], schemas)
    elif schema.get("type") == "array":
        for one in value:
            _fits(one, schema["items"], schemas)
    else:
        assert isinstance(value, _KINDS[schema["type"]])  # type: ignore[arg-type]
        assert value in schema.get("enum", [value])


def test_every_word_of_the_interface_is_used_and_there() -> None:
    page = (CHECKOUT / "bot/web/console/templates/api_docs.html").read_text("utf-8")
    used = {*re.findall(r'words\("(api\.[a-z_]+)"', page)}
    used |= {"api.title", "api.about", "api.token", "api.tag", "api.unchanged"}
    used |= {f"api.problem.{kind}" for kind in STATUSES}
    used |= {f"api.problem.{kind}_cure" for kind in STATUSES}
    for one in operations():
        used |= {f"api.operation.{one.name}", f"api.operation.{one.name}_answer"}
        used |= {f"api.parameter.{parameter.name}" for parameter in one.parameters}
    for model in MODELS:
        used.add(f"api.model.{model.__name__}.about")
        for field in model.model_fields:
            key = "about_field" if field == "about" else field
            used.add(f"api.model.{model.__name__}.{key}")
    assert used == set(load_words().sentences)
