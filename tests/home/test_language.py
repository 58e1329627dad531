"""The language of the interface: what the browser asks for, what a person chooses, what stays as it was written."""

import pytest
from django.urls import reverse

from tests import cast

LANGUAGE = reverse("home:language")
GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
pytestmark = pytest.mark.django_db


def test_the_browser_says_the_language(client):
    page = client.get("/", headers=GERMAN)
    assert '<html lang="de"' in page.text
    assert "Jede Stimme von Patienten bekommt eine Antwort" in page.text
    assert page["Content-Language"] == "de"
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in page["Vary"].split(",")}


@pytest.mark.parametrize("asked", ["", "fr-FR", "tlh", "*", "../../etc", "de" * 400])
def test_a_language_nobody_translated_is_english(client, asked):
    page = client.get("/", headers={"Accept-Language": asked})
    assert '<html lang="en' in page.text
    assert "Every patient voice gets an answer" in page.text


def test_a_choice_is_remembered_and_goes_before_the_browser(client):
    response = client.post(LANGUAGE, {"language": "de", "next": "/account/login/"})
    assert response["Location"] == "/account/login/"
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("de", "Lax", True)
    page = client.get("/account/login/", headers={"Accept-Language": "en"})
    assert "Ich habe mein Passwort vergessen" in page.text
    assert 'value="de" lang="de" class="button button-quiet" aria-pressed="true"' in page.text


@pytest.mark.parametrize("odd", ["", "fr", "<script>", "de; Domain=x"])
def test_an_odd_language_is_not(client, odd):
    assert "language" not in client.post(LANGUAGE, {"language": odd}).cookies
    client.cookies["language"] = odd
    assert '<html lang="en' in client.get("/").text


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_a_choice_leads_nowhere_else(client, elsewhere):
    assert client.post(LANGUAGE, {"language": "de", "next": elsewhere})["Location"] == "/"


def test_only_a_post_changes_the_language(client):
    assert client.get(LANGUAGE).status_code == 405


def test_a_form_that_came_back_leads_to_the_page_it_stood_on(client):
    """The address a form is sent to takes no visit: the choice of a language goes back to the page before."""
    page = client.post(
        "/account/login/", {"login": ""}, headers={"Referer": "http://testserver/account/login/?next=/x"}
    )
    assert '<input type="hidden" name="next" value="/account/login/?next=/x">' in page.text


def test_the_menu_of_a_member_offers_the_languages(ana, signed_in):
    page = signed_in(ana).get(reverse("home:today"), headers=GERMAN)
    assert "Erkenntnisse" in page.text
    assert 'value="en" lang="en" aria-pressed="false">English</button>' in page.text


def test_an_answer_opens_in_the_readers_language_and_keeps_its_own_words(ana, ben, client):
    from antiphon.workspace.answers.queries import link_address

    ben_leads = cast.member(ana.workspace, "Berta", ana.role)
    made = cast.answer(ana, approved_by=ben_leads, given=True)
    card = made.cards.get()
    page = client.get(link_address(ana, made.pk).removeprefix("http://127.0.0.1:8600"), headers=GERMAN)
    assert "Haben wir Sie richtig verstanden?" in page.text
    assert f'<p lang="">{card.you_said}</p>' in page.text
    assert set(client.cookies) <= {"csrftoken"}


def test_a_page_that_is_not_there_says_so_in_german(client):
    page = client.get("/nowhere/", headers=GERMAN)
    assert (page.status_code, "Unter dieser Adresse ist nichts" in page.text) == (404, True)


def test_a_letter_for_a_forgotten_password_is_in_the_language_of_who_asked(ana, client, mailoutbox, by_the_clock):
    client.post("/account/password/reset/", {"email": ana.user.email}, headers=GERMAN)
    by_the_clock()
    assert mailoutbox[0].subject == "Neues Passwort für Antiphon wählen"


def test_an_invitation_is_in_the_language_of_who_sends_it(ana, signed_in, mailoutbox, by_the_clock):
    sent = {"email": "nina@new.example", "name": "Nina", "role": "function_partner", "function": "F_MED"}
    signed_in(ana).post(reverse("administration:invite"), sent, headers=GERMAN)
    by_the_clock()
    assert mailoutbox[0].subject == "Ana lädt Sie zu Hesperia ein"


def test_labels_of_the_packs_are_in_the_language_of_the_page(ana, signed_in):
    cast.programme(ana)
    browser = signed_in(ana)
    assert "Forschung und klinische Entwicklung" in browser.get(reverse("programmes:list"), headers=GERMAN).text
    assert "R&amp;D and clinical development" in browser.get(reverse("programmes:list")).text
