"""Where each agreed insight stands on the line."""

from django.db import models

from antiphon.platform.database.deriving import After, Derived
from antiphon.platform.scoped import Scoped
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.programmes.models import Programme

TAKEN_IN = "SELECT m.absorbed_id FROM insights_merge m WHERE m.kept_id = i.id AND m.undone_at IS NULL"
CODED = (
    "COALESCE((SELECT {together}(code, ',') FROM (SELECT c.pack || ':' || c.code AS code "
    "FROM insights_insightcode c WHERE c.insight_id = i.id ORDER BY c.pack, c.code) AS codes), '')"
)
# A settled decision weighed it, or something that was merged into it.
SETTLED = (
    "SELECT 1 FROM decisions_weighing w JOIN decisions_decision d ON d.id = w.decision_id WHERE d.state <> 'OPEN'"
)
IS_DECIDED = f"EXISTS ({SETTLED} AND w.insight_id = i.id) OR EXISTS ({SETTLED} AND w.insight_id IN ({TAKEN_IN}))"
# The first answer with it that was given; not one from before something that nobody was told of was merged into it.
GIVEN = "FROM answers_card c JOIN answers_answer a ON a.id = c.answer_id WHERE a.state = 'GIVEN' AND c.insight_id ="
TOLD_AT = (
    f"(SELECT MIN(a.given_at) {GIVEN} i.id AND NOT EXISTS ({TAKEN_IN} AND m.was = 'AGREED' "
    f"AND m.merged_at > a.given_at AND NOT EXISTS (SELECT 1 {GIVEN} m.absorbed_id)))"
)
# What came of one that was merged counts for the one that took it in.
KEPT = "SELECT m.kept_id FROM insights_merge m WHERE m.undone_at IS NULL AND m.absorbed_id"
ON_SCALES = "SELECT w.insight_id FROM decisions_weighing w WHERE w.decision_id = {row}.id"
ON_CARDS = "SELECT c.insight_id FROM answers_card c WHERE c.answer_id = {row}.id"

# What hangs below an open decision or a drafted answer changes nothing here, and below a settled one it cannot change.
STANDINGS = Derived(
    key="insight_id",
    columns=("insight_id", "workspace_id", "programme_id", "agreed_at", "coded", "is_decided", "told_at"),
    select=f"SELECT i.id, i.workspace_id, i.programme_id, i.agreed_at, {CODED}, {IS_DECIDED}, {TOLD_AT} "  # noqa: S608  our own names
    "FROM insights_insight i WHERE i.state = 'AGREED' AND i.id {among}",
    after=(
        After("insights_insight", "SELECT {row}.id", changed=("state", "agreed_at")),
        After("insights_insightcode", "SELECT {row}.insight_id"),
        After("insights_merge", "SELECT {row}.kept_id UNION ALL SELECT {row}.absorbed_id"),
        After("decisions_decision", f"{ON_SCALES} UNION ALL {KEPT} IN ({ON_SCALES})", ("UPDATE",), ("state",)),
        After("answers_answer", f"{ON_CARDS} UNION ALL {KEPT} IN ({ON_CARDS})", ("UPDATE",), ("state", "given_at")),
    ),
    # Whoever changes anything in a workspace holds the end of its trail, a little later.
    held="audit_audithead WHERE workspace_id = {row}.workspace_id",
)


class Standing(Scoped):
    """How far an agreed insight has come, as the database keeps it from what people did; nobody writes it."""

    id = None
    created_at = None
    # Goes with its insight by the database's own hand.
    insight = models.OneToOneField(Insight, models.DO_NOTHING, primary_key=True, related_name="standing")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    # Its codes, each behind its pack, with commas between.
    coded = models.TextField()
    agreed_at = models.DateTimeField()
    is_decided = models.BooleanField()
    told_at = models.DateTimeField(null=True)

    database_rules = (STANDINGS,)

    class Meta:
        indexes = [models.Index(fields=["workspace", "programme"], name="standing_by_programme")]
