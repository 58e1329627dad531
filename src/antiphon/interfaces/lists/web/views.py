"""Keeping a view of a list, naming it, taking it away and bringing it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from antiphon.interfaces.lists.web.forms import ViewForm
from antiphon.platform.ui.forms import refusals_in
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.views import actions, permissions, queries


@require_POST
def view_keep(request: HttpRequest) -> HttpResponse:
    """Keep the list that somebody looks at."""
    one, query = queries.the_list(request.POST.get("list", "")), request.POST.get("query", "")
    form = ViewForm(request.POST, can_share=permissions.may_share(request.member))
    if form.is_valid():
        with refusals_in(form):
            view = actions.keep_view(by=request.member, one=one, query=query, **form.cleaned_data)
            messages.success(request, _("The view is kept. It stands above the list."))
            return go(request, queries.address(view.page, view.query))
    context = {"form": form, "list": one, "query": query, "back": reverse(one.page)}
    return render_page(request, "lists/edit.html", context, status=422)


@require_http_methods(["GET", "POST"])
def view_edit(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Name a view anew or share it; one that was removed can be brought back here."""
    view = queries.row(request.member, view_id)
    initial = {"name": view.name, "shared": view.is_shared}
    form = ViewForm(request.POST or None, initial=initial, can_share=permissions.may_share(request.member))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            kept = queries.get(request.member, view_id)
            actions.edit_view(by=request.member, view=kept, **({"shared": view.is_shared} | form.cleaned_data))
            messages.success(request, _("The view was changed."))
            return go(request, view.url)
    context = {"form": form, "view": view, "back": view.url}
    return render_page(request, "lists/edit.html", context, status=422 if form.errors else 200)


@require_POST
def view_remove(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Take a view away."""
    view = actions.remove_view(by=request.member, view=queries.get(request.member, view_id))
    words = _("The view “%(name)s” was removed.") % {"name": view.name}
    undo = reverse("lists:edit", args=[view.pk])
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, undo, _("Bring it back")))
    return go(request, view.page)


@require_POST
def view_bring_back(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Show a view again."""
    view = actions.bring_back(by=request.member, view=queries.get(request.member, view_id))
    messages.success(request, _("The view is there again."))
    return go(request, queries.address(view.page, view.query))
