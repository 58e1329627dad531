"""Fields that all forms share, and refusals where the person can mend them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.choices import flatten_choices
from django.utils.translation import gettext_lazy as _

from antiphon.platform.clock import FIRST_DAY, LAST_DAY
from antiphon.platform.errors import ChangedMeanwhile, NotValid
from antiphon.platform.ui.lists import in_words


class DayField(forms.DateField):
    """A day that somebody may mean."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = (MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY))


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else wrote: a sentence, and each field in which it differs, as it stands now."""

    sentence: str
    standing: tuple[tuple[object, str], ...]


class VersionedForm(forms.Form):
    """A form about words that somebody else may change meanwhile; a new thing has no version yet."""

    version = forms.IntegerField(label=_("Version"), widget=forms.HiddenInput, min_value=1)
    meanwhile: Meanwhile | None = None

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "version" not in self.initial:
            del self.fields["version"]


def show_both(form: VersionedForm, refusal: ChangedMeanwhile, standing: Mapping[str, object]) -> None:
    """Keep what a person wrote beside what stands there now; sent again, their words take its place."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = standing["version"]
    form.meanwhile = Meanwhile(str(refusal.sentence), tuple(_differing(form, standing)))


def status_of(form: forms.Form) -> int:
    """How a page with this form is answered."""
    if getattr(form, "meanwhile", None):
        return 409
    return 422 if form.errors else 200


def _differing(form: VersionedForm, standing: Mapping[str, object]) -> Iterator[tuple[object, str]]:
    for name, field in form.fields.items():
        if name != "version" and name in standing and _plain(form.cleaned_data[name]) != _plain(standing[name]):
            yield field.label, _as_read(field, standing[name])


def _plain(value: object) -> object:
    """The same whatever its order."""
    return sorted(value) if isinstance(value, (list, tuple)) else value


def _as_read(field: forms.Field, value: object) -> str:
    labels = {str(code): label for code, label in flatten_choices(getattr(field, "choices", ()))}
    if isinstance(value, (list, tuple)):
        return in_words([str(labels.get(str(part), part)) for part in value])
    return in_words(labels.get(value, value) if isinstance(value, str) else value)


@contextmanager
def refusals_in(form: forms.Form, standing: Callable[[], Mapping[str, object]] | None = None) -> Iterator[None]:
    """What is refused in here is shown in the form, and the page goes on; `standing` says what stands there now."""
    try:
        yield
    except NotValid as refusal:
        refuse_into(form, refusal)
    except ChangedMeanwhile as refusal:
        if standing is None:
            raise
        show_both(form, refusal, standing())


def refuse_into(form: forms.Form, refusal: NotValid) -> None:
    """Show a refusal at its fields, and as a whole where it names none."""
    for name, sentence in refusal.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))
    if not refusal.fields:
        form.add_error(None, str(refusal.sentence))
