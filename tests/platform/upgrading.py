"""Run in a process of its own: an instance of the first release with rows in it becomes one of today's."""

import datetime
import uuid

import django

django.setup()

from django.db import connection  # noqa: E402  settings come first
from django.db.migrations.executor import MigrationExecutor  # noqa: E402  as above

from antiphon.platform.database import guards, laying  # noqa: E402  as above

NOW = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
OURS = (
    "workspaces",
    "programmes",
    "engagements",
    "voices",
    "insights",
    "decisions",
    "answers",
    "runs",
    "files",
    "audit",
)
NEW = ("measures", "outbox", "tokens", "vocabulary", "views")


def first_release():
    """The state in which the first release left a database; libraries as they are now."""
    executor = MigrationExecutor(connection)
    targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] not in OURS + NEW]
    targets += [(app, "0001_initial") for app in OURS]
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def fill(apps):
    """A line with an answer that was approved: its rules are the ones that speak of other tables."""

    def make(label, **fields):
        return apps.get_model(label).objects.create(id=uuid.uuid4(), **fields)

    workspace = make("workspaces.Workspace", name="Hesperia")
    own = {"workspace": workspace}
    people = [
        make("workspaces.Member", **own, user=make("workspaces.User", email=f"{n}@h.example", name=n), role="pe_lead")
        for n in ("Ana", "Ben")
    ]
    about = make("programmes.Programme", **own, name="P", kind="ASSET", stage="design_planning", function="F_RD")
    held = make(
        "engagements.Engagement",
        **own,
        programme=about,
        name="Board",
        kind="survey",
        purpose="To learn.",
        starts_date=NOW.date(),
        lead=people[0],
    )
    decision = make(
        "decisions.Decision",
        **own,
        programme=about,
        question="How often?",
        decision_point="DP08",
        function="F_RD",
        owner=people[0],
        due_date=NOW.date(),
    )
    insight = make(
        "insights.Insight",
        **own,
        programme=about,
        statement="The way costs a working day.",
        strength="SINGLE",
        owner=people[0],
        stated_by=people[0],
    )
    answer = make(
        "answers.Answer", **own, decision=decision, engagement=held, drafted_by=people[0], worded_by=people[0]
    )
    make(
        "answers.Card", **own, answer=answer, insight=insight, kind="DID", you_said="The way.", we_did="Fewer visits."
    )
    apps.get_model("answers.Answer").objects.update(state="APPROVED", approved_at=NOW, approved_by=people[1])


def main():
    fill(first_release())
    # A rule of the first release that speaks of another table: it stood in the way of every change there.
    (rule,) = [trigger for trigger in guards.triggers() if trigger.name == "answers_card_settled_stays_insert"]
    with connection.cursor() as cursor:
        for statement in rule.sql(connection.vendor):
            cursor.execute(statement)
    laying.lay_tables()
    assert guards.missing() == []
    from antiphon.workspace.answers.models import Card

    assert [card.you_said for card in Card.objects.all()] == ["The way."]
    print("upgraded")


main()
