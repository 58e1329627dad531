"""What the style sheets promise, measured: contrast, sizes, both themes, nothing from elsewhere."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from antiphon.platform.ui.templatetags.ui import STATES

SHEETS = ["fonts", "tokens", "base", "shell", "forms", "pieces", "data", "trail", "line", "contributor", "print"]
TEXT, GRAPHIC = 4.5, 3.0
READ_ON = {
    "ground": ["ink", "ink-soft", "accent", "accent-strong", "late", "waiting", "answered", "silent"],
    "surface": ["ink", "ink-soft", "accent", "accent-strong", "late", "waiting", "answered", "silent"],
    "sunken": ["ink", "ink-soft"],
    "accent-soft": ["ink", "accent", "accent-strong", "ink-soft"],
    "accent": ["on-accent"],
    "accent-strong": ["on-accent"],
    "voice": ["voice-ink", "voice-soft"],
    "waiting-soft": ["waiting", "ink"],
    "late-soft": ["late"],
    "answered-soft": ["answered"],
    "draft-soft": ["draft"],
    "silent-soft": ["silent"],
    "safety": ["on-safety"],
    "heat-1": ["heat-ink"],
    "heat-2": ["heat-ink"],
    "heat-3": ["heat-ink"],
    "heat-4": ["heat-ink-strong"],
    "heat-5": ["heat-ink-strong"],
}
SEEN_ON = {"surface": ["line-strong", "accent", "late", "waiting", "answered"], "ground": ["line-strong"]}
PAIRS = [(back, front, TEXT) for back, fronts in READ_ON.items() for front in fronts] + [
    (back, front, GRAPHIC) for back, fronts in SEEN_ON.items() for front in fronts
]


def sheet(name: str) -> str:
    with open(finders.find(f"ui/css/{name}.css"), encoding="utf-8") as file:
        return file.read()


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def themes() -> dict[str, dict[str, str]]:
    text = sheet("tokens")
    light = re.search(r"^:root \{(.*?)^\}", text, re.DOTALL | re.MULTILINE)
    dark = re.search(r'^:root\[data-bs-theme="dark"\] \{(.*?)^\}', text, re.DOTALL | re.MULTILINE)
    machine = re.search(r":root:not\(\[data-bs-theme=\"light\"\]\) \{(.*?)^  \}", text, re.DOTALL | re.MULTILINE)
    return {name: colours(found[1]) for name, found in {"light": light, "dark": dark, "machine": machine}.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_do():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("back", "front", "least"), PAIRS)
def test_every_pair_of_colours_can_be_told_apart(theme, back, front, least):
    known = themes()[theme]
    assert contrast(known[back], known[front]) >= least


def test_dark_is_the_same_whether_the_person_or_their_machine_asks_for_it():
    known = themes()
    assert known["dark"] == known["machine"]
    assert set(known["dark"]) == set(known["light"])


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_short_and_loads_nothing_from_elsewhere(name):
    text = sheet(name)
    assert len(text.splitlines()) <= 300
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text)


def sizes(text: str) -> list[float]:
    """Every size of type in px; a size from a token is measured where the token is set."""
    return [float(size) * 16 for size in re.findall(r"(?:font-size|--t(?:ext|itle)[\w-]*):\s*([\d.]+)rem", text)]


@pytest.mark.parametrize("name", SHEETS)
def test_type_is_never_too_small(name):
    least = 18 if name == "contributor" else 14
    assert min(sizes(sheet(name)), default=least) >= least


@pytest.mark.parametrize("name", SHEETS)
def test_every_token_a_sheet_asks_for_exists(name):
    given = set(re.findall(r"--([\w-]+):", sheet("tokens")))
    assert set(re.findall(r"var\(--([\w-]+)", sheet(name))) <= given


def test_every_state_has_its_dress():
    text = sheet("pieces")
    assert [state for state in STATES if f".state-{state}" not in text] == []


def test_every_sheet_of_ours_is_linked():
    staff = get_template("ui/styles.html").render()
    reading = get_template("ui/contributor.html").render()
    assert [name for name in SHEETS if f"css/{name}.css" not in staff + reading] == []
    assert "tabler" not in reading
