"""The addresses of all operations."""

from django.urls import re_path

from antiphon.interfaces.api.application import api
from antiphon.interfaces.api.web.views import nothing

operations, app_name, _namespace = api.urls
# Last: whatever is no operation is told so as a problem, not as a page.
urlpatterns = [*operations, re_path("", nothing, name="nothing")]
