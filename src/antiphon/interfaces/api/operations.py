"""Operations that belong to no single feature: who am I, and what is already known."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from antiphon.interfaces.search.known import known_about
from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import Text, shape, words
from antiphon.workspace.decisions.queries import DecisionRow
from antiphon.workspace.insights.queries import InsightRow
from antiphon.workspace.programmes.queries import QuestionRow
from antiphon.workspace.voices.queries import VoiceRow

router = FeatureRouter("everywhere")


class Me(Schema):
    """The member a token acts as."""

    member_id: UUID
    name: str
    role: str
    role_label: Text
    workspace: str
    scope: str


class Known(Schema):
    """What is already known on a question, the nearest first."""

    words: list[str]
    insights: list[shape(InsightRow, "Insight")]
    voices: list[shape(VoiceRow, "Voice")]
    questions: list[shape(QuestionRow, "Question")]
    decisions: list[shape(DecisionRow, "Decision")]


@router.reads("/me", Me)
def me(request: HttpRequest):
    """Who this token acts as, and where."""
    member = request.member
    return {
        "member_id": member.pk,
        "name": member.name,
        "role": member.role,
        "role_label": member.role_label,
        "workspace": member.workspace.name,
        "scope": request.token.scope,
    }


@router.reads("/known", Known)
def known(request: HttpRequest, q: words(300, 1)):
    """Ask before you ask: insights, passages, questions and decisions on a question."""
    return known_about(request.member, q)
