"""Sets up the demonstration in the folder of an instance, as `antiphon up` does before it serves."""

from antiphon.interfaces.cli.instance import start_django
from antiphon.interfaces.cli.setting_up import set_up

if __name__ == "__main__":
    start_django()
    assert set_up(demonstration=True)
