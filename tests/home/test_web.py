"""The first page, Today, and the small things of the frame."""

import pytest
from django.urls import reverse

from antiphon.platform.workspaces.models import Workspace
from tests.cast import member, voice

AS, THEME = reverse("home:sign_in_as"), reverse("home:theme")
PHRASE = "It is not a patient portal for self-care."


@pytest.fixture
def dora(cast):
    """Somebody of a demonstration on the same machine."""
    return member(Workspace.objects.create(name="Demonstration", is_demonstration=True), "Dora", "pe_lead")


def test_the_first_page_says_what_antiphon_is(client, db):
    page = client.get("/")
    assert page.status_code == 200
    assert PHRASE in page.text
    assert "patient engagement in medicines development" in page.text
    assert AS not in page.text


def test_who_is_signed_in_goes_on_to_today(ana, signed_in):
    assert signed_in(ana).get("/")["Location"] == reverse("home:today")


def test_today_leads_to_what_is_to_be_read_and_to_possible_safety_events(ana, signed_in):
    browser, queue = signed_in(ana), reverse("voices:queue")
    empty = browser.get(reverse("home:today")).content.decode()
    assert "Every passage has been read." in empty
    assert "show=safety" not in empty
    voice(ana, safety="POSSIBLE", safety_kind="adverse_event")
    page = browser.get(reverse("home:today")).content.decode()
    assert f'<a href="{queue}">1 passage nobody has read yet</a>' in page
    assert "1 possible event" in page.partition(f'href="{queue}?show=safety"')[2]


def test_a_demonstration_signs_in_with_one_click(client, cast, dora, settings):
    settings.DEMONSTRATION = True
    page = client.get("/")
    assert "Dora" in page.text
    assert "Ana" not in page.text
    response = client.post(AS, {"member": str(dora.pk)}, follow=True)
    assert response.wsgi_request.member == dora
    assert "You are Dora now" in response.text


@pytest.mark.parametrize(
    ("demonstration", "where"),
    [
        (False, "127.0.0.1"),
        (True, "10.0.0.7"),
        (True, "::ffff:10.0.0.7"),
        (True, "2001:db8::1"),
        (True, ""),
        (True, "x"),
    ],
)
def test_one_click_works_nowhere_else(client, dora, settings, demonstration, where):
    settings.DEMONSTRATION = demonstration
    assert "Dora" not in client.get("/", REMOTE_ADDR=where).text
    response = client.post(AS, {"member": str(dora.pk)}, REMOTE_ADDR=where)
    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_header_does_not_make_a_stranger_local(client, dora, settings):
    settings.DEMONSTRATION = True
    response = client.post(
        AS, {"member": str(dora.pk)}, REMOTE_ADDR="10.0.0.7", headers={"X-Forwarded-For": "127.0.0.1"}
    )
    assert response.status_code == 403


@pytest.mark.parametrize("wanted", ["", "nonsense", "0198c0de-0000-7000-8000-000000000000"])
def test_one_click_signs_in_nobody_else(client, cast, dora, settings, wanted):
    settings.DEMONSTRATION = True
    for who in (wanted, str(cast.ana.pk)):
        assert client.post(AS, {"member": who}).status_code == 403
    assert client.get(AS).status_code == 405


@pytest.mark.parametrize("chosen", ["light", "dark", "auto"])
def test_a_theme_is_remembered(client, db, chosen):
    response = client.post(THEME, {"theme": chosen, "next": "/today/"})
    assert response["Location"] == "/today/"
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (chosen, "Lax", True)


@pytest.mark.parametrize("odd", ["", "pink", "<script>", "a; Domain=x"])
def test_an_odd_theme_is_not(client, db, odd):
    assert "theme" not in client.post(THEME, {"theme": odd}).cookies
    client.cookies["theme"] = odd
    assert "<script>" not in client.get("/").text.split("<body")[0].replace("<script src", "")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "nonsense",
        "",
        "today",
        "home:today",
    ],
)
def test_the_way_back_leads_nowhere_else(client, db, elsewhere):
    response = client.post(THEME, {"theme": "dark", "next": elsewhere})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_health_says_ok_and_nothing_else(client, db):
    page = client.get(reverse("home:health"))
    assert page.json() == {"status": "ok"}
    assert "Set-Cookie" not in page


@pytest.mark.parametrize("address", ["/today/", "/tour/"])
def test_what_is_inside_needs_a_member(client, db, address):
    assert client.get(address)["Location"].startswith("/account/login/")
