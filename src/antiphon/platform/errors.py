"""What can be refused: who may not, what cannot be now, what is not there, what was written wrongly."""

from collections.abc import Mapping


class Refused(Exception):
    """Something was refused; `sentence` says it so that a person can act on it."""

    status = 400

    def __init__(self, sentence: object) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotAllowed(Refused):
    """This member may not do this, whatever the state of things."""

    status = 403


class NoSuch(Refused):
    """There is no such thing for this member: missing and someone else's look the same."""

    status = 404


class NotNow(Refused):
    """The state of things does not allow this now."""

    status = 409


class ChangedMeanwhile(NotNow):
    """Somebody else changed the words while this member wrote."""


class NotValid(Refused):
    """What was written cannot be kept as it is; `fields` says where."""

    status = 422

    def __init__(self, sentence: object, fields: Mapping[str, object] | None = None) -> None:
        super().__init__(sentence)
        self.fields = dict(fields or {})


def check_allowed(allowed: bool, sentence: object) -> None:
    """Refuse unless the member may."""
    if not allowed:
        raise NotAllowed(sentence)


def check_now(possible: bool, sentence: object) -> None:
    """Refuse unless the state allows it."""
    if not possible:
        raise NotNow(sentence)
