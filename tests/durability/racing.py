"""Several people at the same moment: what may happen once happens once, and who is let go reaches nothing."""

import datetime
import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

import django
from django.db import close_old_connections, connection

REASON = "Left the company."


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """Do all of it at the same moment; what each came to."""
    start, said = threading.Barrier(len(works)), [""] * len(works)

    def carefully(place: int, work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
            said[place] = "done"
        except Exception as refusal:  # every refusal is told to the test by its name
            said[place] = type(refusal).__name__
        finally:
            connection.close()

    crowd = [threading.Thread(target=carefully, args=pair) for pair in enumerate(works)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    close_old_connections()
    return said


def administrators() -> dict:
    """The two last administrators end each other."""
    from antiphon.platform.workspaces import actions, queries
    from antiphon.platform.workspaces.models import Member
    from antiphon.platform.workspaces.roles import Role

    noor = next(person for person in queries.demonstration_members() if person.role == "administrator")
    more = [
        actions.add_member(
            workspace=noor.workspace, email=f"{n}@race.example", name=f"Racer {n}", role=Role.ADMINISTRATOR
        )
        for n in range(3)
    ]
    crowd = [noor, *more]
    pairs = [(one, crowd[(place + 1) % len(crowd)]) for place, one in enumerate(crowd)]
    said = at_once([partial(actions.end_membership, by=by, person=person, reason=REASON) for by, person in pairs])
    left = Member.objects.filter(workspace=noor.workspace, role="administrator", ended_at=None).count()
    return {"said": said, "left": left}


def letter() -> dict:
    """Four background processes take on the same letter."""
    from django.conf import settings
    from django.db import transaction

    from antiphon.platform.outbox import actions
    from antiphon.platform.outbox.models import Letter
    from antiphon.platform.workspaces import queries
    from tests.post_office import open_post_office

    ana = queries.demonstration_members()[0]
    words = {"kind": "race", "thing": ana, "to": "maria@example.org", "subject": "Thanks", "plain": "Thank you."}
    with open_post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = office.server_address
        with transaction.atomic():
            posted = actions.post(by=ana, workspace_id=ana.workspace_id, **words)
        said = at_once([lambda: actions.deliver(letter_id=posted.pk)] * 4)
        arrived = len(office.letters)
    kept = Letter.objects.get(pk=posted.pk)
    return {"said": said, "arrived": arrived, "state": kept.state, "attempts": kept.attempts}


def invitation() -> dict:
    """A link is opened four times at once."""
    from antiphon.platform.workspaces import actions, queries
    from antiphon.platform.workspaces.models import Member

    ana = queries.demonstration_members()[0]
    invited = actions.invite(by=ana, email="nina@race.example", name="Nina", role="executive")
    token = invited.link.rstrip("/").rsplit("/", 1)[-1]
    password = "a long sentence of mine"
    said = at_once([lambda: actions.accept_with_new_account(token=token, name="Nina", password=password)] * 4)
    return {"said": said, "members": Member.objects.filter(user__email="nina@race.example").count()}


def editors() -> dict:
    """Six people save the same programme, all of whom read the same version of it."""
    from antiphon.platform.workspaces import queries
    from antiphon.workspace.programmes import actions
    from antiphon.workspace.programmes.models import Programme

    ana = queries.demonstration_members()[0]
    plan = {"kind": "ASSET", "stage": "design_planning", "function": "F_RD"}
    made = actions.open_programme(by=ana, name="Race", **plan)
    work = partial(actions.edit_programme, by=ana, programme=made, version=made.version, **plan)
    said = at_once([partial(work, name=f"Race {number}") for number in range(6)])
    kept = Programme.objects.get(pk=made.pk)
    return {"said": said, "name": kept.name, "version": kept.version}


def leaver() -> dict:
    """Somebody keeps clicking in eight windows while their membership is ended."""
    from django.test import Client

    from antiphon.platform.workspaces import actions, queries

    people = queries.demonstration_members()
    ben, noor = people[1], next(person for person in people if person.role == "administrator")
    ended, answers = threading.Event(), []

    def click() -> None:
        browser = Client(HTTP_HOST="127.0.0.1")
        browser.force_login(ben.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        until = time.monotonic() + 20
        while time.monotonic() < until and not (ended.is_set() and len(answers) > 40):
            was_ended = ended.is_set()
            answers.append((was_ended, browser.get("/people/").status_code))

    def end() -> None:
        time.sleep(1)
        actions.end_membership(by=noor, person=ben, reason=REASON)
        ended.set()

    said = at_once([click] * 8 + [end])
    after = [status for was_ended, status in answers if was_ended]
    return {"said": said, "before": len(answers) - len(after), "after": len(after), "let_in": after.count(200)}


def standing() -> dict:
    """Four decisions that weighed the same insight are closed at once."""
    from antiphon.platform.database import deriving
    from antiphon.platform.workspaces import queries
    from antiphon.workspace.decisions import actions as decisions
    from antiphon.workspace.insights.models import Insight
    from antiphon.workspace.measures.models import Standing

    ana = queries.demonstration_members()[0]
    insight = Insight.objects.filter(state="AGREED", standing__is_decided=False).order_by("pk")[0]
    about = {"programme": insight.programme, "decision_point": "DP08", "function": "F_RD", "owner": ana}
    opened = []
    for number in range(4):
        words = {"question": f"Race {number}: how often do people come?", "due_date": datetime.date(2027, 1, 1)}
        made = decisions.open_decision(by=ana, **words, **about, insights=[insight])
        (weighing,) = made.weighings.all()
        decisions.weigh_up(by=ana, weighing=weighing, disposition="implemented", reason="People told us so.")
        opened.append(decisions.edit(by=ana, decision=made, outcome="Half as often."))
    said = at_once([partial(decisions.close, by=ana, decision=each) for each in opened])
    decided = Standing.objects.get(insight=insight).is_decided
    return {"said": said, "is_decided": decided, "differing": deriving.differing()}


def beginner() -> dict:
    """Another server starts, and finds rows that are not right, while two people open insights and agree on them."""
    from antiphon.platform.database import deriving
    from antiphon.platform.workspaces import queries
    from antiphon.workspace.insights import actions as insights
    from antiphon.workspace.insights.models import Insight
    from antiphon.workspace.measures.models import Standing

    ana = queries.demonstration_members()[0]
    chosen = list(Insight.objects.filter(state="AGREED").order_by("pk")[:3])

    def turn(insight) -> None:
        for _ in range(20):
            insights.agree(by=ana, insight=insights.reopen(by=ana, insight=insight))

    def begin() -> None:
        for _ in range(20):
            Standing.objects.filter(insight=chosen[2]).update(coded="written past the rules")
            deriving.renew()

    said = at_once([partial(turn, chosen[0]), partial(turn, chosen[1]), begin, begin])
    return {"said": said, "differing": deriving.differing()}


def main(wanted: str) -> None:
    django.setup()
    print(json.dumps(globals()[wanted]()))


if __name__ == "__main__":
    main(sys.argv[1])
