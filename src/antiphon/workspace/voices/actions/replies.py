"""What contributors write back to an answer is heard like everything else they say."""

import datetime
from uuid import UUID

from django.db import transaction

from antiphon.platform.audit.trail import record
from antiphon.platform.ids import new_id
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.voices import compute
from antiphon.workspace.voices.actions.chunks import suggestions_of, voice_of
from antiphon.workspace.voices.compute import Hearing
from antiphon.workspace.voices.models import Source, Suggestion, Voice
from antiphon.workspace.voices.rules import RowKeys

REPLIES = "Replies to answers"
# The reply belongs to the programme it answers; nothing wider was asked of the person.
REPLY_CONSENT = "named_programme"


def hear_word(word: str) -> Hearing:
    """What the engine hears in one word; takes seconds in a process that has heard nothing yet."""
    [hearing] = compute.hear([word])
    return hearing


@transaction.atomic
def add_reply(
    *,
    engagement: Engagement,
    answer_id: UUID | str,
    heard: str,
    word: str,
    hearing: Hearing,
    said_date: datetime.date,
) -> Voice:
    """Keep a contributor's word about an answer as a passage; nobody signed in brought it."""
    source, _made = Source.objects.get_or_create(workspace_id=engagement.workspace_id, name=REPLIES)
    Source.objects.select_for_update().get(pk=source.pk)
    voice = voice_of(
        hearing,
        workspace_id=engagement.workspace_id,
        source=source,
        engagement=engagement,
        key=RowKeys(str(source.pk)).key("", "", external_id=str(new_id())),
        number=source.voices.count() + 1,
        place=f"answer {answer_id}",
        column=heard[:200],
        original=word,
        said_date=said_date,
        consent_scope=REPLY_CONSENT,
    )
    voice.save(force_insert=True)
    Suggestion.objects.bulk_create(suggestions_of(voice, hearing))
    facts = {"answer": str(answer_id), "heard": heard, "engagement": str(engagement.pk), "sha256": voice.key}
    record("voice.replied", voice, by=None, workspace_id=engagement.workspace_id, facts=facts)
    return voice
