"""A program keeps words and members as the pages do, and may no more than its member."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from antiphon.platform.vocabulary import actions as words
from antiphon.platform.vocabulary.models import Codebook, CodebookEntry, HiddenEntry
from antiphon.platform.workspaces.models import Invitation, Member
from tests.cast import told

BOOK = {"name": "Our words for travel", "purpose": "So that two people choose the same."}
WORDS = b"label,meaning,example,under\nParking,A place for the car,,\nNight parking,,At ten it closes.,Parking\n"


@pytest.fixture
def program(ana, program_of):
    return program_of(ana)


@pytest.fixture
def book(program) -> str:
    return f"/codebooks/{program.post('/codebooks', BOOK).json()['row']['id']}"


def test_a_codebook_is_opened_filled_changed_and_closed(program, book):
    first = program.post(f"{book}/words", {"label": "Parking", "meaning": "A place for the car"})
    assert first.status_code == 201
    assert (first.json()["label"], first.json()["version"], first.json()["is_own"]) == ("Parking", 1, True)
    below = program.post(f"{book}/words", {"label": "Night parking", "parent": first.json()["code"]}).json()
    assert below["under"] == "Parking"
    again = program.post(f"{book}/words", {"label": "parking"})
    assert (again.status_code, list(again.json()["fields"])) == (422, ["label"])
    new = program.put(book, BOOK | {"name": "Travel", "version": 1}).json()
    assert (new["row"]["name"], new["row"]["version"]) == ("Travel", 2)
    assert [word["label"] for word in program.get(book).json()["words"]] == ["Parking", "Night parking"]
    assert program.post(f"{book}/close").json()["row"]["is_closed"]
    assert program.post(f"{book}/words", {"label": "Bus"}).status_code == 409
    assert not program.post(f"{book}/reopen").json()["row"]["is_closed"]
    (row,) = program.get("/codebooks").json()
    assert (row["name"], row["entry_count"]) == ("Travel", 2)


def test_a_word_is_changed_moved_retired_and_brought_back(program, book):
    made = [program.post(f"{book}/words", {"label": label}).json() for label in ("Parking", "Bus", "Train")]
    address = f"/words/{made[0]['entry_id']}"
    changed = program.put(address, {"meaning": "A place for the car", "version": 1}).json()
    assert (changed["label"], changed["meaning"], changed["version"]) == ("Parking", "A place for the car", 2)
    assert program.post(f"{address}/move", {"to": "down"}).status_code == 200
    assert [word["label"] for word in program.get(book).json()["words"]] == ["Bus", "Parking", "Train"]
    assert program.post(f"{address}/move", {"to": "sideways"}).status_code == 422
    assert program.post(f"{address}/retire", {"instead": "N9.9"}).status_code == 422
    retired = program.post(f"{address}/retire", {"instead": made[1]["code"]}).json()
    assert (retired["is_retired"], retired["replaced_by_label"]) == (True, "Bus")
    assert program.post(f"{address}/retire", {}).status_code == 409
    assert not program.post(f"{address}/bring-back").json()["is_retired"]
    assert program.get(address).json()["label"] == "Parking"
    assert told("entry.edited")["through"]


def test_a_codebook_is_taken_in_whole_or_not_at_all_and_taken_away(program, book):
    taken = program.post(f"{book}/take-in", {"file": SimpleUploadedFile("words.csv", WORDS)})
    assert taken.status_code == 200, taken.content
    assert [(word["label"], word["under"]) for word in taken.json()["words"]] == [
        ("Parking", ""),
        ("Night parking", "Parking"),
    ]
    more = WORDS.replace(b"Parking", b"Bus").replace(b"Night parking", b"Bus")
    refused = program.post(f"{book}/take-in", {"file": SimpleUploadedFile("words.csv", more + b"Boat,,,Nowhere\n")})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["file"])
    assert CodebookEntry.objects.count() == 2
    qdc = program.post(f"{book}/qdc")
    assert qdc["Content-Type"].startswith("application/xml")
    assert b'name="Night parking"' in qdc.content
    assert told("rows.exported")["facts"]["format"] == "qdc"
    other = f"/codebooks/{program.post('/codebooks', BOOK | {'name': 'Other'}).json()['row']['id']}"
    again = program.post(f"{other}/take-in", {"file": SimpleUploadedFile("a.qdc", qdc.content)})
    assert again.status_code == 422, "the same words are in use already"


def test_shipped_packs_are_read_added_to_hidden_and_shown(program):
    packs = {row["id"]: row for row in program.get("/packs").json()}
    assert {"needs", "functions", "decision_points"} <= set(packs)
    made = program.post("/packs/functions/words", {"label": "Travel desk"})
    assert made.status_code == 201, made.content
    assert "Travel desk" in [word["label"] for word in program.get("/packs/functions").json()["words"]]
    assert program.post("/packs/needs/words", {"label": "Travel"}).status_code == 422
    assert program.post("/packs/nowhere/words", {"label": "Travel"}).status_code == 404
    hidden = program.post("/packs/needs/hide", {"code": "N1.4"}).json()
    assert [word["code"] for word in hidden["words"] if word["is_hidden"]] == [
        word["code"] for word in hidden["words"] if word["code"].startswith("N1.4")
    ]
    assert program.post("/packs/dispositions/hide", {"code": "planned"}).status_code == 409
    shown = program.post("/packs/needs/show", {"code": "N1.4"}).json()
    assert not [word for word in shown["words"] if word["is_hidden"]]
    assert not HiddenEntry.objects.exists()


@pytest.mark.parametrize("who", ["ben", "sam", "eve"])
def test_words_are_changed_only_by_those_who_may_on_the_pages(cast, program_of, who):
    made = words.open_codebook(by=cast.ana, **BOOK)
    word = words.add_entry(by=cast.ana, codebook=made, label="Parking")
    program = program_of(getattr(cast, who))
    tries = [
        program.post("/codebooks", BOOK | {"name": "Mine"}),
        program.put(f"/codebooks/{made.pk}", BOOK | {"version": 1}),
        program.post(f"/codebooks/{made.pk}/close"),
        program.post(f"/codebooks/{made.pk}/words", {"label": "Bus"}),
        program.post(f"/codebooks/{made.pk}/take-in", {"file": SimpleUploadedFile("words.csv", WORDS)}),
        program.put(f"/words/{word.pk}", {"label": "Bus", "version": 1}),
        program.post(f"/words/{word.pk}/retire", {}),
        program.post(f"/words/{word.pk}/move", {"to": "up"}),
        program.post("/packs/functions/words", {"label": "Travel desk"}),
        program.post("/packs/needs/hide", {"code": "N1.4"}),
    ]
    assert [answer.status_code for answer in tries] == [403] * len(tries)
    assert (Codebook.objects.count(), CodebookEntry.objects.count()) == (1, 1)
    assert program.get(f"/codebooks/{made.pk}").status_code == 200, "everybody reads them"


def test_an_administrator_changes_a_member_and_lets_them_go_and_back(cast, program_of):
    program = program_of(cast.adam)
    listed = {row["name"]: row for row in program.get("/members").json()["items"]}
    eve = listed["Eve"]
    assert (eve["role"], eve["version"], eve["email"]) == ("executive", 1, cast.eve.user.email)
    address = f"/members/{eve['id']}"
    changed = program.put(address, {"role": "compliance", "function": "F_MED", "version": 1}).json()
    assert (changed["role"], changed["function"], changed["version"]) == ("compliance", "F_MED", 2)
    assert program.put(address, {"role": "king", "function": "", "version": 2}).status_code == 422
    assert program.post(f"{address}/end", {"reason": ""}).status_code == 422
    assert program.post(f"{address}/end", {"reason": "She left the company."}).json()["ended_at"]
    assert [row["name"] for row in program.get("/members?show=ended").json()["items"]] == ["Eve"]
    assert "Eve" not in [row["name"] for row in program.get("/members").json()["items"]]
    assert program.post(f"{address}/take-back").json()["ended_at"] is None
    assert told("member.changed")["through"]


def test_nobody_changes_their_own_membership_through_a_program_either(cast, program_of):
    program = program_of(cast.adam)
    own = {"role": "pe_lead", "function": "", "version": 1}
    assert program.put(f"/members/{cast.adam.pk}", own).status_code == 403
    assert program.post(f"/members/{cast.adam.pk}/end", {"reason": "I am tired."}).status_code == 403


@pytest.mark.parametrize("who", ["ana", "ben", "sam", "eve"])
def test_members_are_changed_only_by_administrators_and_addresses_are_theirs_to_see(cast, program_of, who):
    program, person = program_of(getattr(cast, who)), f"/members/{cast.cora.pk}"
    role = {"role": "executive", "function": "", "version": 1}
    assert program.put(person, role).status_code == 403
    assert program.post(f"{person}/end", {"reason": "She left."}).status_code == 403
    assert program.post(f"{person}/take-back").status_code == 403
    clocks = {"name": "Mine", "thanks_days": 1, "holding_working_days": 1, "version": 1}
    assert program.put("/workspace", clocks).status_code == 403
    assert Member.objects.get(pk=cast.cora.pk).role == "compliance"
    assert "@hesperia" not in program.get("/members").content.decode()
    assert program.get(person).json()["email"] == ""


def test_a_lead_invites_and_the_link_is_told_once(cast, program_of, client):
    program = program_of(cast.ana)
    asked = {"email": "zoe@new.example", "name": "Zoe", "role": "function_partner", "function": "F_RD"}
    made = program.post("/invitations", asked)
    assert made.status_code == 201, made.content
    link = made.json()["link"]
    assert client.get("/" + link.split("/", 3)[3]).status_code == 200
    listed = program.get("/invitations")
    assert [row["name"] for row in listed.json()] == ["Zoe"]
    token = link.rstrip("/").rsplit("/", 1)[-1]
    assert token not in listed.content.decode()
    address = f"/invitations/{listed.json()[0]['id']}"
    renewed = program.post(f"{address}/renew").json()["link"]
    assert client.get("/" + link.split("/", 3)[3]).status_code == 404, "the old link stopped working"
    assert client.get("/" + renewed.split("/", 3)[3]).status_code == 200
    assert program.post(f"{address}/revoke").json() == []
    assert client.get("/" + renewed.split("/", 3)[3]).status_code == 410
    assert program.post(f"{address}/renew").status_code == 409


def test_who_may_not_invite_on_the_pages_does_not_through_a_program(cast, program_of):
    asked = {"email": "zoe@new.example", "name": "Zoe", "role": "function_partner"}
    for who in (cast.ben, cast.sam, cast.eve, cast.cora):
        assert program_of(who).post("/invitations", asked).status_code == 403
        assert program_of(who).get("/invitations").json() == []
    refused = program_of(cast.ana).post("/invitations", asked | {"role": "administrator"})
    assert refused.status_code == 403, "a lead makes no administrator"
    assert program_of(cast.ana).post("/invitations", asked | {"email": "nobody"}).status_code == 422
    assert not Invitation.objects.exists()


def test_the_invited_person_joins_on_the_page_as_before(cast, program_of, client):
    asked = {"email": "zoe@new.example", "name": "Zoe", "role": "function_partner"}
    link = program_of(cast.adam).post("/invitations", asked).json()["link"]
    token = link.rstrip("/").rsplit("/", 1)[-1]
    answer = client.post(
        reverse("administration:accept", args=[token]), {"name": "Zoe", "password": "a sentence of my own"}
    )
    assert answer.status_code == 302
    assert "Zoe" in [row["name"] for row in program_of(cast.adam).get("/members").json()["items"]]


def test_everybody_reads_how_the_workspace_is_set_up(cast, program_of):
    told_of = program_of(cast.eve).get("/workspace").json()
    assert told_of == {"name": "Hesperia", "thanks_days": 2, "holding_working_days": 10, "version": 1}
    wrong = {"name": "Hesperia", "thanks_days": 99, "holding_working_days": 10, "version": 1}
    refused = program_of(cast.adam).put("/workspace", wrong)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["thanks_days"])
