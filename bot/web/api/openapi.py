"""The interface described by itself (OpenAPI 3.1), from the models that it answers with."""

from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.definitions import load_definitions
from bot.web.api.models import MODELS, Divisions, Months, Problem, StatisticTable, Tables
from bot.web.api.problems import STATUSES, TYPE
from bot.web.api.words import load_words
from conversations.statistics.definitions import PLACE

VERSION: Final = "1.0.0"
ROOT: Final = "/api/v1"
_REF: Final = "#/components/schemas/{model}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `schema` is what can stand in it."""

    name: str
    schema: dict[str, Any]
    where: str = "query"
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One address, what it answers with, and what can be wrong; its words are in the catalogue."""

    name: str
    path: str
    answer: type[BaseModel]
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[str, ...] = ("token", "often", "later")
    has_tag: bool = False


def operations() -> tuple[Operation, ...]:
    """Return all that can be asked."""
    text = {"type": "string"}
    axes = sorted({one for t in load_definitions().tables.values() for one in t.dimensions})
    wrong = ("field", "token", "scope", "often", "later")
    place = Parameter("place", text | {"pattern": "^[0-9]{6,9}$"})
    return (
        Operation("tables", "/tables", Tables),
        Operation("months", "/months", Months),
        Operation("places", "/places", Divisions, (place,), wrong),
        Operation(
            "table",
            "/tables/{name}",
            StatisticTable,
            (
                Parameter("name", text | {"enum": [*load_definitions().tables]}, "path", True),
                place,
                Parameter("month", text | {"pattern": "^[0-9]{4}-[0-9]{2}$"}),
                Parameter("rows", text | {"enum": [PLACE, *axes]}),
                Parameter("columns", text | {"enum": axes}),
                Parameter("depth", {"type": "integer", "enum": [1, 2], "default": 1}),
                Parameter("keep", {"type": "array", "items": text | {"pattern": "^[a-z_]+:.*$"}}),
            ),
            wrong,
            has_tag=True,
        ),
    )


def document(address: str) -> dict[str, Any]:
    """Return the document.

    Args:
        address: under which the server is reached.
    """
    texts = load_words()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": texts("api.title"),
            "version": VERSION,
            "description": texts("api.about"),
        },
        "servers": [{"url": f"{address}{ROOT}"}],
        "security": [{"token": []}],
        "paths": {one.path: {"get": _operation(one)} for one in operations()},
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": texts("api.token"),
                }
            },
            "schemas": schemas(),
        },
    }


def schemas() -> dict[str, Any]:
    """Return what the answers look like, each field with its words."""
    texts = load_words()
    given = [(model, "serialization") for model in MODELS]
    _, found = models_json_schema(given, ref_template=_REF)  # type: ignore[arg-type]
    described: dict[str, Any] = found["$defs"]
    for model, schema in described.items():
        schema["description"] = texts(f"api.model.{model}.about")
        for field, shape in schema.get("properties", {}).items():
            key = "about_field" if field == "about" else field
            shape["description"] = texts(f"api.model.{model}.{key}")
    return described


def _operation(one: Operation) -> dict[str, Any]:
    texts = load_words()
    answers: dict[str, Any] = {
        "200": {
            "description": texts(f"api.operation.{one.name}_answer"),
            "content": {"application/json": {"schema": _ref(one.answer)}},
        }
    }
    if one.has_tag:
        tag = {"schema": {"type": "string"}, "description": texts("api.tag")}
        answers["200"]["headers"] = {"ETag": tag}
        answers["304"] = {"description": texts("api.unchanged")}
    for kind in one.problems:
        answers[str(STATUSES[kind])] = {
            "description": texts(f"api.problem.{kind}"),
            "content": {TYPE: {"schema": _ref(Problem)}},
        }
    return {
        "operationId": one.name,
        "summary": texts(f"api.operation.{one.name}"),
        "parameters": [_parameter(parameter) for parameter in one.parameters],
        "responses": answers,
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": one.where,
        "required": one.is_needed,
        "description": load_words()(f"api.parameter.{one.name}"),
        "schema": one.schema,
    }


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}
