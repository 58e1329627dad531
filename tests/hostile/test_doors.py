"""Who comes in, from where and with what: on every route, so that a new one is tried before anyone remembers."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from antiphon.interfaces.home.web import views as home
from antiphon.platform.tokens.actions import make_token
from antiphon.platform.workspaces import actions as workspaces
from antiphon.platform.workspaces.actions.accounts import vouch_for
from antiphon.platform.workspaces.roles import Role
from tests.cast import answer, approval, programme
from tests.hostile.asking import names_asked_of
from tests.hostile.trying import fault_of
from tests.meta.test_code import PYTHON, names
from tests.meta.test_routes import OURS, routes
from tests.meta.test_two_workspaces import TOKENS, fill, foreign
from tests.meta.world import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Whoever sends these says so by a secret that no other site knows. Adding one is a decision, and is reviewed as one.
NEEDS_NO_FORM_TOKEN = {"api:nothing"}
PASSWORD = "a long sentence of my own"


@pytest.fixture
def world(db):
    return World("CNRYA")


def strict_browser(member) -> Client:
    """A browser that is asked for the token of its form, as everybody's is."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member.user, backend=BACKEND)
    session = browser.session
    session["member_id"] = str(member.pk)
    session.save()
    return browser


# The API's own addresses are tried in tests/meta/test_api.py; its root is the library's, and there is nothing there.
THE_APIS = {"api:api-root"}
EVERY = [
    (name, pattern)
    for name, pattern in routes()
    if name not in THE_APIS and "ninja" not in pattern.callback.__module__
]
UNSAFE = [(name, pattern) for name, pattern in EVERY if name not in NEEDS_NO_FORM_TOKEN]


def address_of(name, pattern, world) -> str:
    if pattern.callback.__module__.startswith("antiphon"):
        return reverse(name, kwargs=fill(pattern, None if name in TOKENS else world))
    ((_form, placed), *_more), *_rest = get_resolver().reverse_dict.getlist(name)[0]
    return reverse(name, kwargs=dict.fromkeys(placed, "1"))


@pytest.mark.parametrize(("name", "pattern"), UNSAFE, ids=[name for name, _ in UNSAFE])
def test_nothing_is_sent_from_another_site(name, pattern, world):
    before = world.digest()
    browser = strict_browser(world.members[Role.PE_LEAD])
    address = address_of(name, pattern, world)
    assert browser.post(address, foreign(world)).status_code == 403, "without its token"
    browser.get(reverse("account_change_password"))
    known = browser.cookies["csrftoken"].value
    other_site = {"origin": "https://elsewhere.example", "x-csrftoken": known}
    assert browser.post(address, foreign(world), headers=other_site).status_code == 403, "from elsewhere"
    assert browser.put(address, "{}", "text/plain").status_code == 403, "as plain text"
    assert world.digest() == before


def test_what_asks_for_no_form_token_is_listed():
    exempt = {name for name, pattern in routes() if getattr(pattern.callback, "csrf_exempt", False)}
    assert {name for name in exempt if not name.startswith("api:")} == set()
    assert {name for name, pattern in EVERY if getattr(pattern.callback, "csrf_exempt", False)} == NEEDS_NO_FORM_TOKEN


def test_a_session_opens_nothing_of_the_api(world):
    browser = strict_browser(world.members[Role.PE_LEAD])
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.post("/api/v1/programmes", "{}", "application/json").status_code == 401


ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'")


def lacking(response) -> list[str]:
    """What an answer does not say that every answer says."""
    policy = response.headers.get("Content-Security-Policy", "")
    missing = [name for name, value in ALWAYS.items() if response.headers.get(name) != value]
    missing += [rule for rule in POLICY if rule not in policy]
    kept = response.headers.get("Cache-Control", "")
    return missing if kept else [*missing, "Cache-Control"]


@pytest.mark.parametrize(("name", "pattern"), OURS, ids=[name for name, _ in OURS])
def test_every_answer_says_what_a_browser_may_do_with_it(name, pattern, world):
    address = address_of(name, pattern, world)
    browser = strict_browser(world.members[Role.PE_LEAD])
    for send in (Client().get, browser.get, browser.post, browser.delete):
        response = send(address)
        assert not lacking(response), (response.status_code, lacking(response))


def test_errors_and_files_say_so_too(world, monkeypatch):
    def broken(*args: object) -> None:
        raise RuntimeError("a fault of ours")

    Path(settings.STATIC_ROOT, "hostile.svg").write_text("<svg/>")
    browser = Client(raise_request_exception=False)
    answers = {
        200: browser.get("/static/hostile.svg"),
        404: browser.get("/nothing/here/"),
        400: browser.get("/", headers={"host": "elsewhere.example"}),
        403: strict_browser(world.members[Role.PE_LEAD]).post("/theme/"),
    }
    monkeypatch.setattr(home, "connection", type("Broken", (), {"cursor": broken}))
    answers[500] = browser.get(reverse("home:health"))
    assert {status: lacking(response) for status, response in answers.items() if lacking(response)} == {}
    assert {status: response.status_code for status, response in answers.items()} == {s: s for s in answers}
    answers[200].close()
    assert "a fault of ours" not in answers[500].text


def test_health_tells_nothing(db):
    response = Client().get(reverse("home:health"))
    assert response.json() == {"status": "ok"}
    assert not {"Server", "X-Powered-By", "Set-Cookie"} & set(response.headers)


OVER_HTTPS = """
import django, json, sys
django.setup()
from django.conf import settings
from django.core.management import call_command
# What stands before it speaks HTTPS and sends people there; whether browsers keep a list of it is its owner's choice.
settings.SILENCED_SYSTEM_CHECKS += ["security.W008", "security.W021"]
call_command("check", deploy=True, fail_level="WARNING")
wanted = [name for name in dir(settings) if name.endswith(("_COOKIE_SECURE", "_COOKIE_HTTPONLY", "_COOKIE_NAME"))]
print(json.dumps({name: getattr(settings, name) for name in [*wanted, "SECURE_HSTS_SECONDS", "DEBUG"]}))
"""


def test_over_https_cookies_stay_on_https_and_on_this_host(tmp_path):
    told = os.environ | {
        "DJANGO_SETTINGS_MODULE": "antiphon.config.settings",
        "ANTIPHON_ORIGIN": "https://antiphon.example",
        "ANTIPHON_HOSTS": "antiphon.example",
        "ANTIPHON_DATA": str(tmp_path),
        "ANTIPHON_SECRET_KEY": "".join(chr(65 + n % 50) for n in range(80)),
        "ANTIPHON_DATABASE": "",
    }
    (tmp_path / "static").mkdir()
    done = subprocess.run([sys.executable, "-c", OVER_HTTPS], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["SESSION_COOKIE_SECURE"]
    assert said["CSRF_COOKIE_SECURE"]
    assert said["LANGUAGE_COOKIE_SECURE"]
    assert said["SESSION_COOKIE_HTTPONLY"]
    assert said["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert said["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert said["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert not said["DEBUG"]


def test_a_letter_leads_to_this_instance_whatever_the_host_was(ana, mailoutbox, by_the_clock):
    address = reverse("account_reset_password")
    asked = {"email": ana.user.email}
    assert Client().post(address, asked, headers={"host": "elsewhere.example"}).status_code == 400
    spoofed = {"host": "localhost:1", "x-forwarded-host": "elsewhere.example", "forwarded": "host=elsewhere.example"}
    assert Client().post(address, asked, headers=spoofed).status_code == 302
    by_the_clock()
    (letter,) = mailoutbox
    assert settings.ANTIPHON_ORIGIN + "/account/" in letter.body
    assert "elsewhere.example" not in str(letter.message())
    assert "localhost:1" not in str(letter.message())


ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "https:elsewhere.example",
    "http:///elsewhere.example",
    "https://testserver@elsewhere.example/",
    "https://testserver.elsewhere.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "\thttps://elsewhere.example/",
    "/\t/elsewhere.example",
    "/\r\nLocation: https://elsewhere.example",
    "https://elsewhere。example/",
)
WAYS_BACK = {"next", "back", "return_to", "url", "to", "from"}


def leads_away(response) -> bool:
    to = response.headers.get("Location", "") or response.headers.get("HX-Redirect", "")
    return bool(to) and (not to.startswith("/") or to[1:2] in {"/", "\\", "\t"})


@pytest.mark.parametrize(("name", "pattern"), OURS, ids=[name for name, _ in OURS])
def test_no_route_sends_anybody_elsewhere(name, pattern, world, signed_in, monkeypatch):
    browser = signed_in(world.members[Role.ADMINISTRATOR])
    address = address_of(name, pattern, world)
    for kind in ("GET", "POST"):
        send = getattr(browser, kind.lower())
        asked = names_asked_of(monkeypatch, kind, lambda send=send: fault_of(lambda: send(address, foreign(world))))
        for way in asked & WAYS_BACK:
            for to in ELSEWHERE:
                assert not leads_away(send(address, foreign(world) | {way: to})), (kind, way, to)


@pytest.mark.parametrize("to", ELSEWHERE)
def test_signing_in_and_out_leads_nowhere_else(ana, client, to):
    ana.user.set_password(PASSWORD)
    ana.user.save()
    signed = client.post(reverse("account_login"), {"login": ana.user.email, "password": PASSWORD, "next": to})
    assert signed.status_code == 302
    assert not leads_away(signed)
    assert not leads_away(client.post(reverse("account_logout"), {"next": to}))


def test_what_opens_a_door_is_told_nowhere(world, caplog):
    """Neither the session nor a token's secret stands in a page, an address, the log, the trail or any other table."""
    ana = world.members[Role.PE_LEAD]
    browser = strict_browser(ana)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    _token, secret = make_token(by=ana, name="Told nowhere", scope="CHANGE", days=30)
    told = []
    for name, pattern in OURS:
        response = browser.get(address_of(name, pattern, world))
        told.append(response.headers.get("Location", "") + response.getvalue().decode("utf-8", "replace"))
    for path in ("/api/v1/me", "/api/v1/programmes/no-id", "/api/v1/programmes"):
        told.append(Client().get(path, headers={"authorization": f"Bearer {secret}"}).text)
    told += [caplog.text, *every_text_of_the_database()]
    for key in (session, secret):
        assert key not in "\n".join(told)


def every_text_of_the_database():
    kept = set(connection.introspection.table_names()) - {Session._meta.db_table}
    with connection.cursor() as cursor:
        for table in sorted(kept):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  names of our own tables
            yield str(cursor.fetchall())


SECRETS = ("token", "secret", "password", "signature", "nonce", "session_key", "csrf")


def compared_secrets(text: str) -> list[int]:
    """Lines on which something that is named like a secret is compared by == or !=."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare) and any(isinstance(each, (ast.Eq, ast.NotEq)) for each in node.ops):
            sides = [getattr(side, "attr", getattr(side, "id", "")) for side in (node.left, *node.comparators)]
            if any(side.lower().endswith(SECRETS) for side in sides):
                found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", PYTHON, ids=names(PYTHON))
def test_no_secret_is_compared_letter_by_letter(path):
    assert not compared_secrets(path.read_text(encoding="utf-8")), "find it by its hash, or use compare_digest"


def test_the_lint_finds_such_a_comparison():
    assert compared_secrets("if given == self.secret: pass\nif a != token: pass\nif kind == 'token': pass") == [1, 2]


def test_every_kind_of_credential_is_tried_elsewhere():
    """What is found by a hash opens something: a new kind belongs into the tests below."""
    kinds = {f"{m._meta.label}.{f.name}" for m in apps.get_models() for f in m._meta.fields if "_hash" in f.name}
    opens = kinds - {"audit.AuditEvent.prev_hash", "outbox.Letter.to_hash", "workspaces.Attempt.key_hash"}
    assert opens == {
        "tokens.AccessToken.secret_hash",
        "workspaces.Invitation.token_hash",
        "answers.AnswerLink.token_hash",
    }


def test_a_session_is_worth_nothing_in_another_workspace(cast):
    browser = strict_browser(cast.cleo)
    session = browser.session
    session["member_id"] = str(cast.ana.pk)
    session.save()
    theirs = programme(cast.ana)
    assert browser.get(reverse("programmes:record", args=[theirs.pk])).status_code == 404
    assert theirs.name not in browser.get(reverse("programmes:list")).text


def test_a_form_token_of_one_is_worth_nothing_for_another(cast):
    one, other = strict_browser(cast.ana), strict_browser(cast.cleo)
    for browser in (one, other):
        browser.get(reverse("programmes:new"))
    stolen = {"x-csrftoken": one.cookies["csrftoken"].value}
    assert other.post(reverse("home:theme"), {"theme": "dark"}, headers=stolen).status_code == 403


def test_a_new_password_is_set_for_the_one_who_asked_and_once(cast, client):
    for member in (cast.ana, cast.cleo):
        vouch_for(member.user)
    key = default_token_generator.make_token(cast.ana.user)

    def page_for(member):
        kwargs = {"uidb36": user_pk_to_url_str(member.user), "key": key}
        return client.get(reverse("account_reset_password_from_key", kwargs=kwargs), follow=True)

    assert 'name="password1"' not in page_for(cast.cleo).text
    shown = page_for(cast.ana)
    assert 'name="password1"' in shown.text
    client.post(shown.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert 'name="password1"' not in page_for(cast.ana).text


def test_an_invitation_lets_nobody_else_in(cast):
    invited = workspaces.invite(by=cast.ana, email="nina@hesperia.example", name="Nina", role=Role.EXECUTIVE)
    token = invited.link.rstrip("/").rsplit("/", 1)[-1]
    strict_browser(cast.cleo).get(reverse("administration:invitation", args=[token]))
    browser = Client()
    browser.force_login(cast.cleo.user, backend=BACKEND)
    browser.post(reverse("administration:accept", args=[token]), {"name": "Cleo", "password1": PASSWORD})
    assert not cast.cleo.user.memberships.filter(workspace=cast.ana.workspace).exists()


def test_a_token_of_one_workspace_opens_nothing_of_another(cast, program_of):
    theirs = programme(cast.ana)
    program = program_of(cast.cleo)
    assert program.get(f"/programmes/{theirs.pk}").status_code == 404
    assert program.get("/programmes").json() == []


def test_nobody_approves_their_own_words_by_another_door(cast, program_of, signed_in):
    made = answer(cast.ana)
    assert program_of(cast.ana).post(f"/answers/{made.pk}/approve", approval(made)).status_code == 403
    assert signed_in(cast.ana).post(reverse("answers:approve", args=[made.pk])).status_code == 403
    words = {"opening": "Thank you all.", "contact": "Ben", "version": 1}
    assert program_of(cast.ben).put(f"/answers/{made.pk}/letter", words).status_code == 200
    assert signed_in(cast.ben).post(reverse("answers:approve", args=[made.pk])).status_code == 403
    assert program_of(cast.ben).post(f"/answers/{made.pk}/approve", approval(made)).status_code == 403
    assert program_of(cast.ana).post(f"/answers/{made.pk}/approve", approval(made)).status_code == 200
