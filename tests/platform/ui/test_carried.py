"""What Antiphon carries from others is exactly what was recorded, with its licence beside it."""

import re
from pathlib import Path

import pytest

from tools import vendor

SOURCE = Path(vendor.ROOT) / "src" / "antiphon"
ICON = re.compile(r"{%\s*icon\s+\"([a-z0-9-]+)\"")
KEPT = list(vendor.recorded())


def sprite() -> set[str]:
    text = (SOURCE / "platform/ui/static/ui/icons.svg").read_text(encoding="utf-8")
    return set(re.findall(r'id="tabler-([a-z0-9-]+)"', text))


def test_every_file_is_the_recorded_one():
    assert len(KEPT) >= 14
    assert vendor.differences() == []


def test_a_changed_byte_would_be_seen(tmp_path):
    record = tmp_path / "vendor.toml"
    text = vendor.RECORD.read_text(encoding="utf-8")
    record.write_text(text.replace(KEPT[0][1], "0" * 64), encoding="utf-8")
    assert vendor.differences(record) == [f"{KEPT[0][0].name}: not the recorded bytes"]


def test_every_folder_of_others_has_its_licence():
    folders = [folder for folder in (SOURCE / "platform/ui/static/ui/vendor").iterdir() if folder.is_dir()]
    assert len(folders) == 5
    assert [folder.name for folder in folders if not (folder / "LICENCE.txt").exists()] == []


@pytest.mark.parametrize("name", ["tabler/tabler.min.css", "htmx/htmx.min.js"])
def test_a_carried_file_asks_nobody_for_more(name):
    text = (SOURCE / "platform/ui/static/ui/vendor" / name).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text)


def test_every_icon_a_template_names_is_in_the_sprite():
    named = {name for path in SOURCE.rglob("*.html") for name in ICON.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 20
    assert named - sprite() == set()


def test_icons_named_by_data_are_in_the_sprite():
    from antiphon.config.navigation import PLACES
    from antiphon.platform.ui.templatetags.ui import STATES

    named = {place[2] for place in PLACES} | {sign for sign, _ in STATES.values()}
    assert named - sprite() == set()
