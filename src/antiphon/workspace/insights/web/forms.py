"""What a person writes about insights."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from antiphon.content import Entry, Pack, categories, sections
from antiphon.platform.vocabulary.queries import Vocabulary
from antiphon.workspace.insights.queries import STRENGTHS
from antiphon.workspace.insights.rules import (
    LONGEST_DISSENT,
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


def need_groups(words: Vocabulary, held: Iterable[str] = ()) -> list[tuple[str, Choices]]:
    """The categories of needs under their sections and codebooks, with what an insight already speaks of."""
    pack, held = words.needs, list(held)
    offered = {need.id for need in categories(pack)} | set(held)
    shown = [need for need in pack.every if need.id in offered]
    tops = list(dict.fromkeys([*sections(pack), *(pack.path(need.id)[0] for need in shown)]))
    groups = [
        (top.label, [(need.id, need.label) for need in shown if pack.path(need.id)[0].id == top.id]) for top in tops
    ]
    return _with_strangers(groups, pack, held)


def point_groups(words: Vocabulary, held: Iterable[str] = ()) -> list[tuple[str, Choices]]:
    """The decision points under their stages."""
    pack, held = words.decision_points, list(held)
    shown = [point for point in pack.every if pack.offers(point.id) or point.id in held]
    groups = [
        (stage.label, [(point.id, point.label) for point in shown if point.stage == stage.id])
        for stage in words.pack("lifecycle_stages")
    ]
    return _with_strangers(groups, pack, held)


def people_groups(words: Vocabulary, held: Iterable[str] = ()) -> list[tuple[object, Choices]]:
    """The groups an insight can speak for; never a person."""
    pack, held = words.stakeholder_types, list(held)
    shown = [entry for entry in pack.every if pack.offers(entry.id) or entry.id in held]
    groups = [(label, [(e.id, e.label) for e in shown if e.kind == kind]) for kind, label in KINDS.items()]
    return _with_strangers(groups, pack, held)


def _with_strangers(groups: list[tuple[object, Choices]], pack: Pack[Entry], held: list[str]) -> list:
    """Codes that no edition knows any longer stay where they were chosen, under a heading of their own."""
    return [*groups, (_("No longer in this edition"), [(c, pack.label(c)) for c in held if c not in pack])]


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
        max_length=LONGEST_DISSENT,
        required=False,
        help_text=_("Needed as soon as a passage speaks against it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ChoiceField(label=_("Who looks after it"))
    version = forms.IntegerField(label=_("Version"), widget=forms.HiddenInput)

    def __init__(
        self, *args: object, programmes: Choices, owners: Choices, words: Vocabulary, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        held = {name: self.initial.get(name, ()) for name in GROUPED}
        self.fields["needs"].choices = need_groups(words, held["needs"])
        self.fields["decision_points"].choices = point_groups(words, held["decision_points"])
        self.fields["groups"].choices = people_groups(words, held["groups"])
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


class MergeForm(forms.Form):
    """Which of two insights stays, why they say the same, and what a person makes of both together."""

    kept = forms.ChoiceField(label=_("Which sentence stays?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why they say the same"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        help_text=_("For example: “Both speak of the journey; one names the bus.”"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    strength = forms.ChoiceField(
        label=_("How strong is it with the voices of both?"),
        choices=strengths,
        help_text=_("Suggested from the number of voices. You decide."),
        widget=forms.RadioSelect,
    )
    dissent = forms.CharField(
        label=_("What others say against it"),
        max_length=LONGEST_DISSENT,
        required=False,
        help_text=_("Suggested: what speaks against either of them. Word it as one."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: object, keepable: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = keepable


def with_current(people: Choices, owner_id: UUID, name: str) -> Choices:
    """The people to choose from; whoever looks after it now stays among them."""
    known = any(value == str(owner_id) for value, _name in people)
    return people if known else [*people, (str(owner_id), name)]
