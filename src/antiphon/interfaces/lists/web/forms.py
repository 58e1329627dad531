"""What a person says about a view."""

from django import forms
from django.utils.translation import gettext_lazy as _

from antiphon.platform.views.rules import LONGEST_NAME


class ViewForm(forms.Form):
    """What it is called, and who sees it; only those who may share are asked that."""

    name = forms.CharField(
        label=_("Name of the view"), max_length=LONGEST_NAME, help_text=_("For example “Late in my function”.")
    )
    shared = forms.BooleanField(label=_("Everybody in the workspace sees it"), required=False)

    def __init__(self, *args: object, can_share: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not can_share:
            del self.fields["shared"]
