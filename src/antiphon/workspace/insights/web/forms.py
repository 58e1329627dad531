"""What a person writes about insights."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from antiphon.content import Pack, StakeholderType, categories, decision_points, load, needs, sections
from antiphon.workspace.insights.queries import STRENGTHS
from antiphon.workspace.insights.rules import (
    LONGEST_REASON,
    LONGEST_STATEMENT,
    SHORTEST_REASON,
    SHORTEST_STATEMENT,
)

Choices = list[tuple[str, object]]
GROUPED = ("needs", "decision_points", "groups")
KINDS = {"contributor": _("People"), "organisation": _("Organisations")}


def strengths() -> Choices:
    """Each strength as a card: its name and one plain sentence."""
    card = '{}<span class="hint">{}</span>'
    return [(each.value, format_html(card, words.label, words.sentence)) for each, words in STRENGTHS.items()]


def need_groups(held: Iterable[str] = ()) -> list[tuple[str, Choices]]:
    """The categories of needs under their sections, with what an insight already speaks of."""
    pack, held = needs(), set(held)
    offered = {need.id for need in categories()} | held
    shown = [need for need in pack.every if need.id in offered]
    return [
        (section.label, [(need.id, need.label) for need in shown if pack.path(need.id)[0] == section])
        for section in sections()
    ]


def point_groups(held: Iterable[str] = ()) -> list[tuple[str, Choices]]:
    """The decision points under their stages."""
    pack, held = decision_points(), set(held)
    shown = [point for point in pack.every if pack.offers(point.id) or point.id in held]
    return [
        (stage.label, [(point.id, point.label) for point in shown if point.stage == stage.id])
        for stage in load("lifecycle_stages")
    ]


def people_groups(held: Iterable[str] = ()) -> list[tuple[object, Choices]]:
    """The groups an insight can speak for; never a person."""
    pack, held = cast(Pack[StakeholderType], load("stakeholder_types")), set(held)
    shown = [entry for entry in pack.every if pack.offers(entry.id) or entry.id in held]
    return [(words, [(e.id, e.label) for e in shown if e.kind == kind]) for kind, words in KINDS.items()]


class InsightForm(forms.Form):
    """A sentence with all it carries. A form about a known insight has a version and no programme."""

    statement = forms.CharField(
        label=_("What did patients tell you, in one sentence?"),
        min_length=SHORTEST_STATEMENT,
        max_length=LONGEST_STATEMENT,
        help_text=_("For example: “Long journeys keep people with heart failure from taking part.”"),
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "hx-get": reverse_lazy("insights:similar"),
                "hx-trigger": "keyup changed delay:300ms",
                "hx-target": "#similar",
                "hx-include": "[name=programme], [name=but]",
            }
        ),
    )
    programme = forms.ChoiceField(label=_("For which programme"))
    strength = forms.ChoiceField(label=_("How strong is it?"), choices=strengths, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label=_("Which needs it speaks of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.MultipleChoiceField(
        label=_("Whom it speaks for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    decision_points = forms.MultipleChoiceField(
        label=_("For which decision points"), required=False, widget=forms.CheckboxSelectMultiple
    )
    dissent = forms.CharField(
        label=_("What others say against it"),
        max_length=400,
        required=False,
        help_text=_("Needed as soon as a passage speaks against it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ChoiceField(label=_("Who looks after it"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, programmes: Choices, owners: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        held = {name: self.initial.get(name, ()) for name in GROUPED}
        self.fields["needs"].choices = need_groups(held["needs"])
        self.fields["decision_points"].choices = point_groups(held["decision_points"])
        self.fields["groups"].choices = people_groups(held["groups"])
        self.fields["programme"].choices = programmes
        self.fields["owner"].choices = owners
        del self.fields["programme" if "version" in self.initial else "version"]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that stand under the needs and decision points."""
        return [self[name] for name in ("dissent", "owner")]

    @property
    def choosers(self) -> dict[str, list[tuple[str, list]]]:
        """The boxes to tick under their headings, for each field that has headings."""
        return {name: self._under_headings(name) for name in GROUPED}

    @property
    def point_count(self) -> int:
        """How many decision points are chosen."""
        return len(self["decision_points"].value() or ())

    def _under_headings(self, name: str) -> list[tuple[str, list]]:
        boxes = {str(box.data["value"]): box for box in self[name].subwidgets}
        return [(heading, [boxes[code] for code, _label in entries]) for heading, entries in self.fields[name].choices]


class SetAsideForm(forms.Form):
    """Why an insight is set aside."""

    reason = forms.CharField(
        label=_("Why it is set aside"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def with_current(people: Choices, owner_id: UUID, name: str) -> Choices:
    """The people to choose from; whoever looks after it now stays among them."""
    known = any(value == str(owner_id) for value, _name in people)
    return people if known else [*people, (str(owner_id), name)]
