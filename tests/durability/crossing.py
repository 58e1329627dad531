"""Two people at once: one has asked, the other is about to state something of the same programme."""

import json
import threading

import django
from django.db import DatabaseError, connection, transaction

PATIENCE = 3.0


def main() -> None:
    django.setup()
    from antiphon.platform.workspaces import queries as members
    from antiphon.workspace.insights import actions as insights
    from antiphon.workspace.programmes import actions as programmes
    from antiphon.workspace.programmes.models import Programme
    from antiphon.workspace.voices.models import Voice

    ana, ben = members.demonstration_members()[:2]
    programme = Programme.objects.get(name="Getting to care")
    voice = Voice.objects.filter(safety="NONE", consent_scope="all_programmes").order_by("pk")[0]
    asked, troubles = threading.Event(), []

    def asking() -> None:
        with transaction.atomic():
            words = "Who waits for whom, when two people work at once?"
            programmes.ask(by=ben, programme=programme, text=words, decision_point="DP08", function="F_RD")
            asked.set()
            stating_begun.wait(PATIENCE)

    def stating() -> None:
        asked.wait(PATIENCE)
        threading.Timer(1.0, stating_begun.set).start()  # by then it waits for the head of the trail
        words = "Two people who work at once do not stand in each other's way."
        about = {"strength": "SEVERAL", "owner": ben, "needs": ["N1.4"], "voices": [voice.pk]}
        insights.state(by=ana, programme=programme, statement=words, **about)

    def carefully(work) -> None:
        try:
            work()
        except DatabaseError as trouble:
            troubles.append(str(trouble).splitlines()[0])
        finally:
            connection.close()

    stating_begun = threading.Event()
    threads = [threading.Thread(target=carefully, args=(work,)) for work in (asking, stating)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"troubles": troubles}))


if __name__ == "__main__":
    main()
