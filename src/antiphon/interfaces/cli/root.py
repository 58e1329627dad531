"""The root of the command line; every command says what it does, with an example."""

import sys

import click

from antiphon.config.environment import WrongSetting
from antiphon.interfaces.cli.audit import audit
from antiphon.interfaces.cli.backup import backup
from antiphon.interfaces.cli.codebook import codebook
from antiphon.interfaces.cli.doctor import doctor
from antiphon.interfaces.cli.listen import listen
from antiphon.interfaces.cli.member import member
from antiphon.interfaces.cli.report import report
from antiphon.interfaces.cli.restore import restore
from antiphon.interfaces.cli.search import search
from antiphon.interfaces.cli.select import select
from antiphon.interfaces.cli.themes import themes
from antiphon.interfaces.cli.trail import trail
from antiphon.interfaces.cli.up import up

EPILOG = "Exit codes: 0 done, 1 something was found, 2 wrong words, 3 bad input, 4 could not start."


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="antiphon")
def root() -> None:
    """Antiphon: every patient voice gets an answer.

    Start with `antiphon up`: it opens Antiphon in your browser, with a demonstration where the folder is empty.
    """


for command in (up, listen, select, codebook, themes, search, audit, doctor, backup, restore, member, report, trail):
    root.add_command(command)


def main() -> None:
    """What the command `antiphon` runs."""
    try:
        root()
    except WrongSetting as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(4)
