"""The whole line in a browser: from a file to an answer read without an account, a reply, and the trail both ways."""

import csv

import pytest
from playwright.sync_api import expect

SURVEY = [
    ("A1", "2026-10-02", "patient", "Parking at the clinic costs more than my lunch, and nobody told me before."),
    ("A2", "2026-10-02", "patient", "I could not find parking near the clinic and missed half of my appointment."),
    ("A3", "2026-10-03", "carer", "My husband cannot walk far. Parking near the door would help us most."),
    ("A4", "2026-10-03", "patient", "The nurse explained every step. Thank you."),
    (
        "A5",
        "2026-10-04",
        "patient",
        "After taking the new tablets I had a bad rash. Call me on 07700 900123.",
    ),
]


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "autumn survey.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "date", "who", "What was hard?"])
        writer.writerows(SURVEY)
    return path


def choose(page, label, words):
    """Choose the option that has these words in it."""
    field = page.get_by_label(label, exact=True)
    field.select_option(value=field.locator("option", has_text=words).first.get_attribute("value"))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def plan_an_engagement(page):
    page.goto(f"{page.antiphon}/engagements/new/")
    page.get_by_label("Name").fill("Autumn survey at the clinic")
    choose(page, "For which programme", "HSP-204")
    choose(page, "Kind", "Survey")
    page.get_by_label("What for").fill("To learn what makes a visit hard.")
    page.get_by_label("Starts").fill("2026-10-01")
    page.get_by_label("R&D and clinical development").check()
    press(page, "Save the engagement")
    expect(page.get_by_role("heading", level=1)).to_have_text("Autumn survey at the clinic")
    page.get_by_label("When did it end?").fill("2026-10-05")
    page.get_by_label("Patient", exact=True).check()
    page.get_by_label("Carer", exact=True).check()
    press(page, "It took place")
    expect(page.get_by_text("Say thank you")).to_be_visible()


def bring_in(page, survey):
    page.get_by_role("link", name="Bring in what was said").click()
    page.locator("input[type=file]").set_input_files(survey)
    page.locator("main form button.button-main").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which columns hold what people said?")
    expect(page.get_by_text("Parking at the clinic costs more than my lunch").first).to_be_visible()
    press(page, "Go on")
    page.get_by_label("Source").fill("Clinic survey")
    choose(page, "Engagement", "Autumn survey at the clinic")
    page.get_by_label("This programme").check()
    page.get_by_label("Where the consent is recorded").fill("On the first page of the survey")
    press(page, "Check the file")
    expect(page.get_by_role("heading", level=1)).to_have_text("5 passages will be taken in")
    press(page, "Take it in")
    expect(page.get_by_role("link", name="Read what was said")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("5 passages", exact=True)).to_be_visible()


def read(page):
    """Possible safety events come first; their personal details are not shown; then the passage about parking."""
    page.goto(f"{page.antiphon}/voices/read/?q=new+tablets")
    passage = page.locator(".voice-large blockquote")
    expect(passage).to_contain_text("bad rash")
    expect(passage).not_to_contain_text("07700")
    page.get_by_label("Reference or reason").fill("PV-2026-118")
    press(page, "Forward to the safety team")
    page.goto(f"{page.antiphon}/voices/read/?q=costs+more+than+my+lunch")
    expect(passage).to_contain_text("nobody told me before")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", level=1)).to_have_text("State an insight")


STATEMENT = "Parking decides whether people come at all, and nobody tells them beforehand."


def state_and_agree(page):
    page.get_by_label("One sentence", exact=False).or_(page.locator("#id_statement")).first.fill(STATEMENT)
    page.get_by_label("One voice", exact=False).first.check()
    page.get_by_label("Access to treatment", exact=False).first.check()
    press(page, "State the insight")
    expect(page.get_by_role("heading", level=1)).to_have_text(STATEMENT)
    page.get_by_role("button", name="Agree").first.click()
    expect(page.get_by_text("Agreed").first).to_be_visible()


def decide(page):
    page.get_by_role("link", name="Open a decision with this").click()
    page.get_by_label("What is to be decided?").fill("How do people get to the door of the clinic?")
    choose(page, "Decision point", "Recruitment and retention")
    choose(page, "Owning function", "R&D and clinical development")
    page.get_by_label("Until when").fill("2027-02-01")
    press(page, "Open the decision")
    choose(page, "What was done with it", "Implemented")
    page.get_by_label("Why").fill("too short")
    press(page, "Keep this reason")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved yet")
    page.get_by_label("Why").fill("Three people told us that parking decides. So we rented twelve places at the door.")
    press(page, "Keep this reason")
    press(page, "Close the decision")
    expect(page.get_by_text("Write what was decided.")).to_be_visible()
    page.get_by_role("textbox", name="What was decided").fill("Twelve free parking places next to the door.")
    press(page, "Keep the outcome")
    press(page, "Close the decision")
    expect(page.get_by_text("Next: answer those who spoke.")).to_be_visible()
    return page.url


def answer(page, as_person):
    press(page, "Draft the answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer to “Autumn survey at the clinic”")
    record = page.url
    page.get_by_label("What happens next, and when").fill("The places open on 1 March.")
    press(page, "Keep these words")
    expect(page.get_by_role("button", name="Approve these words")).to_have_count(0)
    as_person("Ben Okafor")
    page.goto(record)
    press(page, "Approve these words")
    as_person("Ana Ribeiro")
    page.goto(record)
    press(page, "Give the answer")
    return record, page.get_by_role("link", name="Open the page").get_attribute("href")


def reply_without_account(browser, address):
    """A ten-year-old phone: no script, no account."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    reader = context.new_page()
    reader.goto(address)
    expect(reader.get_by_text(STATEMENT)).to_be_visible()
    expect(reader.get_by_text("Twelve free parking places")).to_be_visible()
    expect(reader.get_by_text("The places open on 1 March.")).to_be_visible()
    reader.get_by_label("A word from you").fill("Good. Please tell people on the letter, too.")
    reader.get_by_role("button", name="Partly").click()
    expect(reader.get_by_text("Thank you. We have your answer.")).to_be_visible()
    assert context.cookies() == [] or {cookie["name"] for cookie in context.cookies()} <= {"csrftoken"}
    context.close()


def bring_the_same_file_again(page, survey):
    page.goto(f"{page.antiphon}/voices/bring/")
    page.locator("input[type=file]").set_input_files(survey)
    page.locator("main form button.button-main").click()
    expect(page.get_by_text("Filled in as last time")).to_be_visible()
    press(page, "Go on")
    page.get_by_label("Source").fill("Clinic survey")
    choose(page, "Engagement", "Autumn survey at the clinic")
    page.get_by_label("This programme").check()
    page.get_by_label("Where the consent is recorded").fill("On the first page of the survey")
    press(page, "Check the file")
    expect(page.get_by_role("heading", level=1)).to_have_text("0 passages will be taken in")


def test_from_a_file_to_the_answer_and_back(as_person, survey, browser):
    page = as_person("Ana Ribeiro")
    plan_an_engagement(page)
    bring_in(page, survey)
    read(page)
    state_and_agree(page)
    decision = decide(page)
    record, address = answer(page, as_person)
    reply_without_account(browser, address)

    page.goto(record)
    expect(page.get_by_text("0 yes, 1 partly, 0 no (n 1)")).to_be_visible()
    # Background work covers names in the word first; then it comes to the page by itself.
    expect(page.get_by_text("Please tell people on the letter, too.")).to_be_visible(timeout=45_000)

    page.goto(decision)
    page.get_by_role("link", name="Trail").click()
    expect(page.locator(".is-voice")).to_contain_text("Parking at the clinic costs more than my lunch")
    page.locator(".is-voice a").click()
    page.get_by_role("link", name="What became of").or_(page.get_by_role("link", name="Trail")).first.click()
    expect(page.locator(".is-insight")).to_contain_text(STATEMENT)
    expect(page.locator(".is-decision")).to_contain_text("How do people get to the door of the clinic?")
    expect(page.locator(".is-answer")).to_contain_text("given")

    bring_the_same_file_again(page, survey)

    page.goto(f"{page.antiphon}/voices/read/?q=on+the+letter")
    expect(page.locator(".voice-large blockquote")).to_contain_text("Please tell people on the letter, too.")
