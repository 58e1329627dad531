"""Which parameters a page asks for, heard while it answers: nobody has to keep a list."""

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict


class Listening(QueryDict):
    """Parameters of an address or a form that note every name that is asked of them."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.names: set[str] = set()

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)

    def getlist(self, name, default=None):
        self.names.add(name)
        return super().getlist(name, default)

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)

    def dict(self):
        return ListeningDict(super().dict(), self.names)


class ListeningDict(dict):
    """The same when a view takes them as a plain dictionary."""

    def __init__(self, values: dict, names: set[str]) -> None:
        super().__init__(values)
        self.names = names

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)


def names_asked_of(monkeypatch, kind: str, send) -> set[str]:
    """The names that are asked of `GET`, `POST` or `FILES` while `send()` is answered."""
    heard = []
    whole = getattr(WSGIRequest, kind)

    def listened(request):
        if not hasattr(request, f"_heard_{kind}"):
            values = whole.__get__(request) if hasattr(whole, "__get__") else whole.func(request)
            told = Listening(mutable=True)
            for name, several in values.lists():
                told.setlist(name, several)
            told.names.clear()
            heard.append(told)
            setattr(request, f"_heard_{kind}", told)
        return getattr(request, f"_heard_{kind}")

    with monkeypatch.context() as patch:
        patch.setattr(WSGIRequest, kind, property(listened, lambda request, values: None))
        send()
    return set().union(*(told.names for told in heard)) - {"csrfmiddlewaretoken"}
