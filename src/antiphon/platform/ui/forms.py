"""Puts a refusal where the person can mend it."""

from django import forms

from antiphon.platform.errors import NotValid


def refuse_into(form: forms.Form, refusal: NotValid) -> None:
    """Show a refusal at its fields, and as a whole where it names none."""
    for name, sentence in refusal.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))
    if not refusal.fields:
        form.add_error(None, str(refusal.sentence))
