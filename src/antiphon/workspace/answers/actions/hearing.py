"""Those who spoke say whether they were heard; their word is a voice again."""

import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotNow
from antiphon.platform.tasks.queue import queue
from antiphon.workspace.answers import queries, rules
from antiphon.workspace.answers.models import Reply
from antiphon.workspace.answers.rules import Heard
from antiphon.workspace.voices import actions as voices

HEAR = "answers.hear"
# A word that waits longer was left behind by a process that ended.
LEFT_BEHIND = datetime.timedelta(minutes=2)


@transaction.atomic
def reply(*, token: str, heard: Heard, word: str) -> Reply:
    """Keep what a contributor says of an answer; nobody asks who they are."""
    answer = queries.answer_behind(token)
    since = clock.now() - datetime.timedelta(minutes=1)
    if answer.replies.filter(created_at__gte=since).count() >= rules.REPLIES_A_MINUTE:
        raise NotNow(_("Many people are writing at this moment. Wait a minute, then send it again."))
    plain = word.replace("\x00", "").strip()[: rules.LONGEST_WORD]
    kept = Reply.objects.create(workspace_id=answer.workspace_id, answer=answer, heard=heard, word=plain)
    facts = {"answer": answer.pk, "heard": heard.value, "word": bool(plain)}
    record("answer.replied", kept, by=None, facts=facts, workspace_id=answer.workspace_id)
    if plain:
        # Not here: who writes should not wait for the engine, nor the web server carry it.
        queue(HEAR, str(kept.pk))
    return kept


def hear(*, reply_id: UUID | str) -> None:
    """Make the word of a reply a passage that people can work with; done twice, it is done once."""
    waiting = Reply.objects.filter(pk=reply_id).exclude(word="").first()
    if waiting is not None:
        _keep_as_voice(waiting.pk, voices.hear_word(waiting.word))


def hear_left_behind() -> None:
    """Ask again for every word whose moment is over; each by itself, so that none holds up the others."""
    before = clock.now() - LEFT_BEHIND
    for reply_id in Reply.objects.exclude(word="").filter(created_at__lt=before).values_list("pk", flat=True):
        queue(HEAR, str(reply_id))


@transaction.atomic
def _keep_as_voice(reply_id: UUID, hearing: voices.Hearing) -> None:
    kept = Reply.objects.select_for_update().get(pk=reply_id)
    if not kept.word:
        return
    kept.voice = voices.add_reply(
        engagement=kept.answer.engagement,
        answer_id=kept.answer_id,
        heard=kept.heard,
        word=kept.word,
        hearing=hearing,
        said_date=timezone.localdate(kept.created_at),
    )
    kept.word = ""
    kept.save(update_fields=["voice", "word"])
