"""Accounts: a person who can sign in, with an address that is known to be theirs."""

from allauth.account.models import EmailAddress

from antiphon.platform.workspaces.models import User


def account_of(email: str) -> User | None:
    """The account with this address, however it is written."""
    return User.objects.filter(email__iexact=email.strip()).first()


def make_account(email: str, name: str, password: str | None) -> User:
    """An account for a person who has none; without a password nobody signs in with one."""
    user = User(email=email.strip().lower(), name=name.strip())
    user.set_password(password)
    user.save()
    return user


def vouch_for(user: User) -> None:
    """Say that the address is theirs: who opened the letter sent there, or whom the person at the machine let in.

    Passkeys and codes ask for an address that is known to be the person's own.
    """
    known, made = EmailAddress.objects.get_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
    if not made and not known.verified:
        known.verified = True
        known.save(update_fields=["verified"])
