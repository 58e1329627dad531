"""The words for strengths, states and what an insight still needs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antiphon.workspace.insights.rules import State, Strength


@dataclass(frozen=True, slots=True)
class Words:
    """What something is called, and one plain sentence about it."""

    label: str | Promise
    sentence: str | Promise


STRENGTHS = {
    Strength.SINGLE: Words(_("One voice"), _("One person said it. It can matter as much as what many say.")),
    Strength.SEVERAL: Words(_("Several voices"), _("At least two people said it, each in their own words.")),
    Strength.CONSENSUS: Words(_("Consensus"), _("Those who were asked agreed on it together.")),
}
STATES = {
    State.DRAFT: _("Draft"),
    State.AGREED: _("Agreed"),
    State.SET_ASIDE: _("Set aside"),
    State.MERGED: _("Merged"),
}
HISTORY = {
    "insight.stated": _("stated it"),
    "insight.edited": _("changed it"),
    "insight.voice_added": _("added a passage"),
    "insight.voice_removed": _("took a passage away"),
    "insight.agreed": _("agreed on it"),
    "insight.set_aside": _("set it aside"),
    "insight.reopened": _("opened it again"),
    "insight.absorbed": _("merged another insight into it"),
    "insight.merged": _("merged it into another insight"),
    "insight.gave_back": _("took another insight out of it again"),
    "insight.unmerged": _("made it an insight of its own again"),
}
CHECKS = {
    "voice": Words(_("At least one voice"), _("Add a passage it rests on.")),
    "need": Words(_("At least one need"), _("Say which need it speaks of.")),
    "strength": Words(
        _("A strength that fits its voices"),
        _("“One voice” rests on one; the others on at least two. Change the strength or the passages."),
    ),
    "dissent": Words(_("What the dissenting voices say"), _("A passage speaks against it. Write down what it says.")),
}
