"""What contributors write back to an answer is heard like everything else they say."""

from uuid import UUID

from django.db import transaction

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid
from antiphon.platform.ids import new_id
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.voices import compute
from antiphon.workspace.voices.actions.chunks import suggestions_of, voice_of
from antiphon.workspace.voices.models import Source, Suggestion, Voice
from antiphon.workspace.voices.rules import RowKeys

REPLIES = "Replies to answers"
# The reply belongs to the programme it answers; nothing wider was asked of the person.
REPLY_CONSENT = "named_programme"
LONGEST_REPLY = 5_000


@transaction.atomic
def add_reply(*, engagement: Engagement, answer_id: UUID | str, heard: str, word: str) -> Voice:
    """Keep a contributor's word about an answer as a passage; nobody signed in brought it."""
    text = word.replace("\x00", "").strip()[:LONGEST_REPLY]
    if not text:
        raise NotValid("There is nothing written.")
    source, _made = Source.objects.get_or_create(workspace_id=engagement.workspace_id, name=REPLIES)
    Source.objects.select_for_update().get(pk=source.pk)
    [hearing] = compute.hear([text])
    voice = voice_of(
        hearing,
        workspace_id=engagement.workspace_id,
        source=source,
        engagement=engagement,
        key=RowKeys(str(source.pk)).key("", "", external_id=str(new_id())),
        number=source.voices.count() + 1,
        place=f"answer {answer_id}",
        column=heard[:200],
        original=text,
        said_date=clock.today(),
        consent_scope=REPLY_CONSENT,
    )
    voice.save(force_insert=True)
    Suggestion.objects.bulk_create(suggestions_of(voice, hearing))
    facts = {"answer": str(answer_id), "heard": heard, "engagement": str(engagement.pk), "sha256": voice.key}
    record("voice.replied", voice, by=None, workspace_id=engagement.workspace_id, facts=facts)
    return voice
