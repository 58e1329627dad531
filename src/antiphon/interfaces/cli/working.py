"""Background work for as long as the process lives that asked for it; started by `antiphon up`, in its own process."""

import sys

from antiphon.interfaces.cli.tether import hold


def main(arguments: list[str]) -> None:
    """Work through the queue; the one argument is the process to end with."""
    import django
    from django.core.management import call_command

    hold(int(arguments[0]))
    django.setup()
    call_command("qcluster")


if __name__ == "__main__":
    main(sys.argv[1:])
