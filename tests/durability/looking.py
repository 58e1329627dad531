"""Looks at an instance and says in JSON what is there."""

import json
import sys
from pathlib import Path

import django

OF = {"insight.stated": "insights.Insight", "question.asked": "programmes.Question"}


def main(acknowledged: str = "") -> None:
    django.setup()
    from django.apps import apps

    from antiphon.platform.audit.models import AuditEvent
    from antiphon.platform.audit.verification import verify
    from antiphon.platform.backup.rows import content_hash_now
    from antiphon.platform.database import deriving
    from antiphon.platform.workspaces import queries as members
    from antiphon.workspace.answers import queries as answers
    from antiphon.workspace.answers.models import Answer

    rows, events = set(), set()
    for action, label in OF.items():
        rows |= {str(key) for key in apps.get_model(label).objects.values_list("pk", flat=True)}
        events |= set(AuditEvent.objects.filter(action=action).values_list("object_id", flat=True))
    noted = Path(acknowledged).read_text().splitlines() if acknowledged else []
    bare = apps.get_model("insights.Insight").objects.filter(supports=None).count()
    verdict = verify()
    told = {
        "rows": len(rows),
        "acknowledged": len(noted),
        "lost": sorted(set(noted) - rows),
        "without_event": sorted(rows - events),
        "without_row": sorted(events - rows),
        "insights_without_voices": bare,
        "faults": verdict.faults,
        "differing": deriving.differing(),
        "events": verdict.events,
        "content_hash": content_hash_now(),
        "link": answers.link_address(members.demonstration_members()[0], Answer.objects.get(state="GIVEN").pk),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
