"""A page for a browser, or its part for a page that is already there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect


def render_page(
    request: HttpRequest, template: str, context: dict, *, part: str = "", status: int = 200
) -> HttpResponse:
    """The whole page, or its named part when the page asks for that."""
    name = f"{template}#{part}" if part and request.htmx else template
    response = render(request, name, context, status=status)
    # The cookie holds the language and light or dark.
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def go(request: HttpRequest, to: object, *args: object, **kwargs: object) -> HttpResponse:
    """On to another page, with and without JavaScript."""
    response = redirect(to, *args, **kwargs)
    return HttpResponseClientRedirect(response.url) if request.htmx else response
