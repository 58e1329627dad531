"""Every way in, in a browser: an invitation, codes, recovery codes, a passkey, a forgotten password."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.instances import ANA, PASSWORD, own_antiphon

WEB_PROCESSES = 2
NEW_PASSWORD = "another sentence of Ana"
STEP = 30


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    with own_antiphon(tmp_path_factory.mktemp("own"), web=WEB_PROCESSES) as made:
        yield made


@pytest.fixture
def visit(own, browser):
    """A browser that nobody used before."""
    contexts = []

    def open_page():
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def type_password(page, own, email, password=PASSWORD):
    page.goto(f"{own.address}/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def sign_in(page, own, email, password=PASSWORD):
    type_password(page, own, email, password)
    page.wait_for_url("**/today/")


def letter_to(own, email, words):
    """The newest letter with these words in it; letters leave in the background."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for letter in reversed(own.office.to(email)):
            text = letter.get_body(("plain",)).get_content()
            if words in text:
                return text
        time.sleep(0.2)
    raise AssertionError([str(letter["Subject"]) for letter in own.office.to(email)])


def link_in(text, own):
    [link] = [word for word in text.split() if word.startswith(f"{own.address}/")][:1]
    return link


def code(secret, at):
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // STEP), hashlib.sha1).digest()
    start = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def confirm_it_is_me(page, password=PASSWORD):
    """The product asks for the password again before it changes how one signs in."""
    page.wait_for_url(lambda url: not url.endswith("/account/2fa/"))
    if "reauthenticate" in page.url:
        page.get_by_label("Password", exact=True).fill(password)
        page.locator("main form button.button-main").first.click()


def test_an_invited_person_goes_from_the_letter_to_the_first_page(own, visit):
    ana = visit()
    sign_in(ana, own, ANA)
    ana.goto(f"{own.address}/people/invite/")
    ana.get_by_label("Name").fill("Ben Okafor")
    ana.get_by_label("E-mail address").fill("ben@hesperia.example")
    press(ana, "Send the invitation")
    expect(ana.get_by_role("heading", level=1)).to_have_text("Ben Okafor is invited")
    ben = visit()
    ben.goto(link_in(letter_to(own, "ben@hesperia.example", "invites you"), own))
    expect(ben.get_by_role("heading", level=1)).to_have_text("You are invited to Hesperia")
    ben.get_by_label("Choose a password").fill("short")
    press(ben, "Accept the invitation")
    expect(ben.locator(".errors")).to_contain_text("too short")
    ben.get_by_label("Choose a password").fill("a long sentence of Ben")
    press(ben, "Accept the invitation")
    ben.wait_for_url("**/today/")
    expect(ben.get_by_text("Welcome to Hesperia. You are here as: Function partner.")).to_be_visible()
    ben.goto(f"{own.address}/people/")
    expect(ben.locator("#rows")).to_contain_text("Ben Okafor")
    expect(ben.locator("#rows")).not_to_contain_text("@hesperia.example")
    ana.goto(f"{own.address}/people/")
    expect(ana.locator("#rows")).to_contain_text("ben@hesperia.example")


def test_codes_are_set_up_asked_for_and_replaced_by_a_recovery_code(own, visit):
    email = "codes@hesperia.example"
    own.add("Cora Codes", email, "compliance")
    page = visit()
    sign_in(page, own, email)
    page.goto(f"{own.address}/account/2fa/")
    page.get_by_role("link", name="Set up codes").click()
    confirm_it_is_me(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Authenticator code").fill(code(secret, time.time()))
    page.locator("main form button.button-main").first.click()
    expect(page.get_by_text("app activated").or_(page.get_by_text("recovery code")).first).to_be_visible()
    page.goto(f"{own.address}/account/2fa/recovery-codes/")
    confirm_it_is_me(page)
    recovery = page.locator("#recovery_codes").input_value().split()
    assert len(recovery) == 10
    page.goto(f"{own.address}/account/2fa/")
    expect(page.get_by_text("After your password you are asked for the code")).to_be_visible()

    again = visit()
    type_password(again, own, email)
    again.wait_for_url("**/2fa/authenticate/**")
    again.goto(f"{own.address}/today/")
    again.wait_for_url("**/2fa/authenticate/**")  # half signed in is not in
    shown = code(secret, time.time())
    again.get_by_label("Code").fill(shown)
    again.locator("main form button.button-main").first.click()
    again.wait_for_url("**/today/")
    thief = visit()
    type_password(thief, own, email)
    thief.get_by_label("Code").fill(shown)
    thief.locator("main form button.button-main").first.click()
    expect(thief.locator(".errors, .error").first).to_be_visible()  # a code works once, in every process

    lost = visit()
    type_password(lost, own, email)
    lost.get_by_label("Code").fill(recovery[0])
    lost.locator("main form button.button-main").first.click()
    lost.wait_for_url("**/today/")
    once = visit()
    type_password(once, own, email)
    once.get_by_label("Code").fill(recovery[0])
    once.locator("main form button.button-main").first.click()
    expect(once.locator(".errors, .error").first).to_be_visible()
    assert "Authenticator" in letter_to(own, email, "The way you sign in was changed")


def test_a_passkey_is_added_and_signs_in_without_a_password(own, visit):
    email = "key@hesperia.example"
    own.add("Kim Key", email, "executive")
    page = visit()
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device = chromium.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    sign_in(page, own, email)
    page.goto(f"{own.address}/account/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    confirm_it_is_me(page)
    page.get_by_label("Name").fill("Kim's phone")
    page.get_by_label("Passwordless").check()
    press(page, "Add")
    page.wait_for_url(lambda url: "/webauthn/add" not in url)
    assert len(chromium.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    page.goto(f"{own.address}/account/2fa/webauthn/")
    expect(page.get_by_text("Kim's phone")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{own.address}/account/login/")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/today/")
    expect(page.locator("header.top")).to_contain_text("Kim Key")


def test_a_forgotten_password_is_replaced_through_a_letter(own, visit):
    email = "forgot@hesperia.example"
    own.add("Fay Forgot", email, "executive")
    page = visit()
    page.goto(f"{own.address}/account/login/")
    page.get_by_role("link", name="I forgot my password").click()
    page.get_by_label("Email").fill(email)
    page.locator("main form button.button-main").first.click()
    page.goto(link_in(letter_to(own, email, "asked for a new password"), own))
    for box in page.locator("input[type=password]").all():
        box.fill(NEW_PASSWORD)
    page.locator("main form button.button-main").first.click()
    page.wait_for_url(lambda url: "done" in url or "login" in url or "today" in url)
    fresh = visit()
    type_password(fresh, own, email)
    expect(fresh.locator(".errors")).to_be_visible()
    sign_in(fresh, own, email, NEW_PASSWORD)


def test_of_two_workspaces_one_is_chosen_and_changed(own, visit):
    email = "both@consult.example"
    own.add("Bo Both", email, "executive")
    own.add("Bo Both", email, "pe_lead", workspace="Boreas")
    page = visit()
    type_password(page, own, email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do you want to act?")
    page.get_by_role("button", name="Boreas").click()
    expect(page.get_by_text("You act in Boreas now")).to_be_visible()
    page.locator("details.menu", has_text="Bo Both").locator("summary").click()
    page.get_by_role("button", name="Change to Hesperia").click()
    expect(page.get_by_text("You act in Hesperia now, as: Executive.")).to_be_visible()


def test_no_page_of_signing_in_has_a_barrier(own, visit, axe):
    page = visit()
    sign_in(page, own, ANA)
    paths = [
        "/people/",
        "/people/invite/",
        "/people/letters/",
        "/people/settings/",
        "/people/choose/",
        "/account/2fa/",
    ]
    faults = []
    for theme, size in (("light", {"width": 1280, "height": 900}), ("dark", {"width": 320, "height": 640})):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        for path in paths:
            page.goto(f"{own.address}{path}")
            faults += [f"{path} {theme}: {fault}" for fault in axe(page)]
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            faults += [f"{path}: {over} px too wide"] if over > 0 else []
    assert faults == []


def test_the_sixth_wrong_password_is_slowed_whichever_process_answers(own, visit):
    email = "slow@hesperia.example"
    own.add("Sol Slow", email, "executive")
    page = visit()
    own.forget_attempts()
    for _try in range(5):
        type_password(page, own, email, "wrong")
        expect(page.locator(".errors")).not_to_contain_text("Too many")
    for _try in range(4):  # several processes: each of them knows
        type_password(page, own, email)
        expect(page.locator(".errors")).to_contain_text("Too many wrong passwords. Wait five minutes")
    own.forget_attempts()
