"""Every operation of the API, from its own description, and bodies that reach its ids."""

import json
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from antiphon.interfaces.api.application import api
from tests.meta.test_two_workspaces import PARAMETERS, PLAUSIBLE, SHIPPED

# Names under which bodies and queries take ids, besides those of addresses.
IDS = {"voices": "voices.Voice", "insights": "insights.Insight", "questions": "programmes.Question"}
IDS |= {"absorbed_id": "insights.Insight", "other_id": "insights.Insight"}
MEMBERS = {"owner_id"}
# Read as what people said as well as as a codebook.
FILE = "comment,label\nThe way to the clinic is long.,A word of its own\n"
BY_TYPE = {"integer": 1, "boolean": True, "number": 0.5}


@dataclass(frozen=True)
class Operation:
    """One method on one address."""

    path: str
    method: str
    told: dict = field(hash=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {"path": [], "query": []}
        for parameter in self.told.get("parameters", []):
            found[parameter["in"]].append(parameter["name"])
        return found

    def address(self, ids: dict[str, str]) -> str:
        filled = {name: ids[name] for name in self.parameters["path"]}
        return self.path.removeprefix("/api/v1").format(**filled)

    def body(self, ids: dict[str, str]) -> object:
        if "requestBody" not in self.told:
            return None
        (content,) = self.told["requestBody"]["content"].values()
        return plausible(content["schema"], "", ids)

    @property
    def is_multipart(self) -> bool:
        """Whether it takes a file."""
        return "multipart/form-data" in self.told.get("requestBody", {}).get("content", {})


SCHEMA = api.get_openapi_schema()
OPERATIONS = [
    Operation(path, method.upper(), told)
    for path, methods in SCHEMA["paths"].items()
    for method, told in methods.items()
]
NAMES = [str(operation) for operation in OPERATIONS]


def plausible(schema: dict, name: str, ids: dict[str, str]) -> object:
    """Something that has the asked-for shape, with the given ids in every place for one."""
    if "$ref" in schema:
        return plausible(SCHEMA["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], name, ids)
    if "anyOf" in schema:
        return plausible(next(each for each in schema["anyOf"] if each.get("type") != "null"), name, ids)
    if name in ids:
        return [ids[name]] if schema.get("type") == "array" else ids[name]
    if schema.get("type") == "object":
        return {inner: plausible(each, inner, ids) for inner, each in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [plausible(schema["items"], name, ids)]
    if schema.get("enum"):
        return schema["enum"][0]
    return _text(schema, name) if schema.get("type") == "string" else BY_TYPE[schema["type"]]


def _text(schema: dict, name: str) -> object:
    if schema.get("format") == "binary":
        return SimpleUploadedFile("words.csv", FILE.encode())
    if "contentSchema" in schema:
        return json.dumps({"comment": "text"})
    # An id nobody thought of fails here, so that it gets its line above.
    assert schema.get("format") != "uuid", f"say in IDS what fills {name}"
    return PLAUSIBLE.get(name, "2026-11-02" if schema.get("format") == "date" else "A text that is long enough")


def ids_of(world) -> dict[str, str]:
    """What fills each place for an id, from one world."""
    labels = PARAMETERS | IDS
    member = str(next(iter(world.members.values())).pk)
    found = {name: world.id_of(label) if label else member for name, label in labels.items()}
    return found | dict.fromkeys(MEMBERS, member) | SHIPPED
