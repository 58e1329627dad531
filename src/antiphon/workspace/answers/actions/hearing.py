"""Those who spoke say whether they were heard; their word is a voice again."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotNow
from antiphon.workspace.answers import queries, rules
from antiphon.workspace.answers.models import Reply
from antiphon.workspace.answers.rules import Heard
from antiphon.workspace.voices import actions as voices


@transaction.atomic
def reply(*, token: str, heard: Heard, word: str) -> Reply:
    """Keep what a contributor says of an answer; nobody asks who they are."""
    answer = queries.answer_behind(token)
    since = clock.now() - datetime.timedelta(minutes=1)
    if answer.replies.filter(created_at__gte=since).count() >= rules.REPLIES_A_MINUTE:
        raise NotNow(_("Many people are writing at this moment. Wait a minute, then send it again."))
    voice = None
    if word.strip():
        voice = voices.add_reply(
            engagement=answer.engagement, answer_id=answer.pk, heard=heard, word=word[: rules.LONGEST_WORD]
        )
    kept = Reply.objects.create(workspace_id=answer.workspace_id, answer=answer, heard=heard, voice=voice)
    facts = {"answer": answer.pk, "heard": heard.value, "word": bool(voice)}
    record("answer.replied", kept, by=None, facts=facts, workspace_id=answer.workspace_id)
    return kept
