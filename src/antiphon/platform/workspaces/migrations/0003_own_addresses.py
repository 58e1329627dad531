"""Whoever is a user so far was let in on the machine itself: their address is known to be theirs."""

from django.db import migrations


def vouch(apps, schema_editor):
    users, addresses = apps.get_model("workspaces", "User"), apps.get_model("account", "EmailAddress")
    known = set(addresses.objects.values_list("user_id", flat=True))
    addresses.objects.bulk_create(
        addresses(user_id=user.pk, email=user.email.lower(), verified=True, primary=True)
        for user in users.objects.exclude(pk__in=known)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('workspaces', '0002_invitations'),
        ('account', '0009_emailaddress_unique_primary_email'),
    ]

    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
