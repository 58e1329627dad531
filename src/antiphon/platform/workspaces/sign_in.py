"""How people sign in: by invitation only, so nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Closed sign-up; the rest is the library's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
