"""Two mirrored workspaces in which every text carries a mark, built from the models themselves.

A model that nobody thought of is built too: texts get marks, relations get rows of the same world. Only fields with
codes need a line in VALUES; a model that cannot be built fails the tests, so it cannot be left out.
"""

import datetime
import hashlib
import json

from django.apps import apps
from django.db import models

from antiphon.platform import clock
from antiphon.platform.ids import new_id
from antiphon.platform.scoped import Scoped
from antiphon.platform.workspaces.models import Member, User, Workspace
from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.answers import rules as answer_rules


def shape(mark: str) -> dict:
    """A file as it was looked at, with marked headers and samples."""
    return {
        "kind": "csv",
        "layout": "table",
        "encoding": "utf-8",
        "delimiter": ",",
        "sheet": "",
        "sheets": [f"{mark} sheet"],
        "columns": [{"name": f"{mark} comment", "guess": "text", "role": "text", "samples": [f"{mark} sample"]}],
        "row_count_estimate": 3,
        "warnings": [],
        "source_name": f"{mark} source",
    }


MARKED = {"voices.Intake": {"shape": shape, "columns": lambda mark: {f"{mark} comment": "text"}}}
VALUES = {
    "programmes.Programme": {"kind": "ASSET", "stage": "design_planning", "function": "F_RD", "retired_at": None},
    "programmes.ProgrammeFunction": {"function": "F_MED"},
    "programmes.Question": {"decision_point": "DP08", "function": "F_RD", "need": "N3.1"},
    "engagements.Engagement": {"kind": "survey", "state": "HELD", "held_at": clock.now, "ends_date": None},
    "engagements.EngagementFunction": {"function": "F_RD"},
    "engagements.EngagementGroup": {"stakeholder": "patient"},
    "engagements.Courtesy": {"kind": "THANKS", "done_at": None},
    "outbox.Letter": {"object_id": new_id, "sent_at": None, "gave_up_at": None},
    "workspaces.Invitation": {"role": "executive", "function": "F_RD", "accepted_at": None, "revoked_at": None},
    "tokens.AccessToken": {"scope": "READ", "last_used_date": None, "revoked_at": None},
    "views.SavedView": {"page": "insights:list", "query": "", "removed_at": None},
    "runs.Run": {"kind": "voices.take_in"},
    "vocabulary.Codebook": {"code": "own.0001", "closed_at": None},
    "vocabulary.CodebookEntry": {
        "code": "own.0002",
        "pack": "",
        "parent": "",
        "takes_after": "",
        "retired_at": None,
        "replaced_by_code": "",
    },
    "vocabulary.HiddenEntry": {"pack": "needs", "code": "N1.4"},
    "voices.Intake": {"consent_scope": "all_programmes"},
    "voices.Voice": {
        "consent_scope": "all_programmes",
        "language": "en",
        "safety": "POSSIBLE",
        "safety_decided_at": None,
        "teaches_code": "N3.1",
        "read_at": None,
    },
    "voices.LearnedModel": {
        "quality": {"codes": {"N3.1": {"precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 4}}},
        "used_at": clock.now,
    },
    "voices.Suggestion": {"code": "N3.1", "score": 0.8, "verdict": "OPEN", "decided_at": None},
    "voices.Coding": {"code": "N3.2", "start": 0, "end": 5, "withdrawn_at": None},
    "insights.Insight": {"strength": "SINGLE", "state": "DRAFT", "agreed_at": None},
    "insights.Support": {"stance": "SUPPORTS"},
    "insights.InsightCode": {"pack": "needs", "code": "N3.1"},
    "insights.Merge": {"was": "DRAFT", "undone_at": None},
    "decisions.Decision": {"decision_point": "DP08", "function": "F_RD", "state": "OPEN", "closed_at": None},
    "decisions.Weighing": {"disposition": "planned"},
    "measures.Standing": {"is_decided": False, "told_at": None},
    "answers.Answer": {"state": "DRAFT", "approved_at": None, "given_at": None, "withdrawn_at": None},
    "answers.Card": {"kind": "DID"},
    "answers.Closing": {"reopened_at": None, "reason": ""},
    "answers.Reply": {"heard": "YES", "voice": None},
}
# Relations that are empty while nothing has happened yet, so that the world is in a state one can work on.
EMPTY = {"done_by", "read_by", "safety_decided_by", "decided_by", "withdrawn_by", "agreed_by", "closed_by"}
EMPTY |= {"revoked_by", "approved_by", "given_by", "supersedes", "run", "suggestion"}
EMPTY |= {"came_with", "undone_by", "retired_by"}
EMPTY |= {"accepted_by", "removed_by", "reopened_by"}
# Relations that point at another row of the same kind than the one the world has already.
ANOTHER = {("insights.Merge", "absorbed")}


class World:
    """One organisation with a row of every kind, and a member in every role."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.workspace = Workspace.objects.create(name=f"{mark} organisation")
        self.members = {role: self._member(role) for role in Role}
        self.rows: dict[str, models.Model] = {}
        for model in apps.get_models():
            if issubclass(model, Scoped):
                self.build(model)

    def _member(self, role: Role) -> Member:
        user = User.objects.create(email=f"{role}@{self.mark.lower()}.example", name=f"{self.mark} {role}")
        return Member.objects.create(workspace=self.workspace, user=user, role=role, function="F_RD")

    def build(self, model: type[models.Model]) -> models.Model:
        """A row of this model, with everything that it needs."""
        label = model._meta.label
        if label not in self.rows:
            self.rows[label] = self.make(model)
        return self.rows[label]

    def make(self, model: type[models.Model]) -> models.Model:
        """Another row of this model."""
        fixed = VALUES.get(model._meta.label, {})
        fields = {f.name: self._value(model, f, fixed) for f in model._meta.concrete_fields if self._is_ours(f)}
        return model.objects.create(**fields)

    @staticmethod
    def _is_ours(field: models.Field) -> bool:
        return field.name not in {"id", "created_at"}

    def _value(self, model: type[models.Model], field: models.Field, fixed: dict) -> object:
        if field.name in MARKED.get(model._meta.label, {}):
            return MARKED[model._meta.label][field.name](self.mark)
        if field.name in fixed:
            value = fixed[field.name]
            return value() if callable(value) else value
        if (model._meta.label, field.name) in ANOTHER:
            return self.make(field.related_model)
        if field.is_relation:
            return self._related(field)
        if field.choices and field.has_default():
            return field.get_default()
        if isinstance(field, models.CharField | models.TextField):
            return f"{self.mark} {model._meta.model_name} {field.name}, a text of its own"[: field.max_length or 200]
        return _PLAIN[type(field)]() if type(field) in _PLAIN else field.get_default()

    def _related(self, field: models.Field) -> models.Model | None:
        if field.name in EMPTY:
            return None
        if field.related_model is Workspace:
            return self.workspace
        if field.related_model is Member:
            return self.members[Role.PE_LEAD]
        return self.build(field.related_model)

    def id_of(self, label: str) -> str:
        return str(self.rows[label].pk)

    def digest(self) -> str:
        """What all rows of this world hold now; unchanged means that nobody touched them."""
        state = hashlib.sha256()
        for model in apps.get_models():
            if issubclass(model, Scoped):
                rows = model.objects.filter(workspace=self.workspace).order_by("pk").values()
                state.update(json.dumps(list(rows), default=str, sort_keys=True).encode())
        return state.hexdigest()


_PLAIN = {
    models.DateField: lambda: datetime.date(2026, 9, 1),
    models.DateTimeField: clock.now,
    models.PositiveIntegerField: lambda: 3,
    models.PositiveBigIntegerField: lambda: 3,
    models.FloatField: lambda: 0.5,
}


def public_token() -> str:
    """A token that opens nothing."""
    return answer_rules.token_for(answer_rules.new_nonce(), "nobody's secret")
