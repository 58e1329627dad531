"""Invented content that shows every component as it will be met."""

import datetime as dt
from types import SimpleNamespace

from django import forms, template
from django.core.paginator import Paginator

from antiphon.platform.ui.templatetags.ui import STATES

register = template.Library()
TODAY = dt.date(2026, 10, 30)

NAV = [
    {"url": "#today", "label": "Today", "icon": "sun", "current": True},
    {"url": "#listen", "label": "Listen", "icon": "ear"},
    {"url": "#read", "label": "Read", "icon": "book"},
    {"url": "#insights", "label": "Insights", "icon": "bulb"},
    {"url": "#decisions", "label": "Decisions", "icon": "scale"},
    {"url": "#answers", "label": "Answers", "icon": "message-reply"},
    {"url": "#map", "label": "Map", "icon": "grid-dots"},
    {"url": "#programmes", "label": "Programmes", "icon": "folder"},
]
MEMBER = {
    "name": "Ana Ribeiro",
    "role_label": "Patient engagement lead",
    "workspace": {"name": "Northwater Medicines"},
}
VOICE = {
    "text": "The pump is fine at home. On the train it is a different thing: everybody looks, and I cannot stand "
    "up for forty minutes holding a bag that hums.",
    "parts": [
        {"text": "The pump is fine at home. On the train it is a different thing: "},
        {"text": "everybody looks", "why": True},
        {"text": ", and I "},
        {"text": "cannot stand up for forty minutes", "why": True},
        {"text": " holding a bag that hums."},
    ],
    "speaker": "Woman living with pulmonary hypertension, 47",
    "origin": "Patient council, Lisbon",
    "url": "#origin",
    "said_date": dt.date(2026, 9, 14),
}
NEIGHBOURS = [
    {"text": "I asked the nurse twice whether the next one would be smaller. She did not know."},
    {"text": "My daughter carries the spare battery in her school bag. That should not be her job."},
]
LATE = {"value": 6, "label": "Clinical development", "note": "2 late", "url": "#clinical", "tone": "late"}
WAITING = [
    LATE,
    {"label": "Regulatory affairs", "value": 5, "url": "#regulatory", "note": "oldest 12 days"},
    {"label": "Market access", "value": 3, "url": "#access", "note": "oldest 4 days"},
]
RATES = [("May", 41), ("Jun", 48), ("Jul", 52), ("Aug", 60), ("Sep", 66), ("Oct", 71)]
CHECKLIST = [
    {"label": "Rests on at least two voices", "done": True, "note": "4 voices from 3 people"},
    {"label": "Says who it speaks for", "done": True},
    {"label": "Names the need it belongs to", "done": False, "url": "#need"},
    {"label": "Has a decision that weighs it", "done": False, "note": "Needed before it can close"},
]
STEPS = [
    {"label": "Choose a file", "url": "#file", "state": "done"},
    {"label": "Name the columns", "state": "current"},
    {"label": "Check consent", "state": "todo"},
    {"label": "See what will happen", "state": "todo"},
]
TABS = [
    {"label": "Open", "url": "#open", "current": True, "count": 14},
    {"label": "Answered", "url": "#answered", "count": 84},
    {"label": "Set aside", "url": "#aside", "count": 20},
]
CHOSEN = [
    ("clinical", "Clinical development", 6),
    ("regulatory", "Regulatory affairs", 5),
    ("access", "Market access", 3),
]
FILTERS = [
    {"name": "q", "label": "Words", "kind": "search", "value": ""},
    {
        "name": "function",
        "label": "Function",
        "value": "clinical",
        "options": [{"value": value, "label": label, "count": count} for value, label, count in CHOSEN],
    },
    {"name": "state", "label": "State", "value": "", "options": [{"value": "late", "label": "Late"}]},
]
POINTS = ["Target profile", "Protocol", "Recruitment", "Submission", "Launch", "In use"]
NEEDS = {
    "Getting diagnosed sooner": [9, 4, None, None, 2, 1],
    "Living with the device": [3, 14, 6, None, 5, 11],
    "Travelling and working": [1, 7, 2, None, None, 8],
    "Being told results": [None, 2, 5, 1, None, None],
}
ROWS = [
    ("The pump is too visible to use in public", "waiting", "Clinical development", dt.date(2026, 11, 3), 4),
    ("Visits every fortnight cost a day's pay", "late", "Clinical development", dt.date(2026, 10, 28), 9),
    ("The leaflet hides what to do after a missed dose", "answered", "Regulatory affairs", None, 6),
    ("Carers are never told the trial has ended", "draft", "Medical affairs", dt.date(2026, 12, 1), 2),
]
TRAIL = [
    (
        "voice",
        "quote",
        "Voices",
        [("“Everybody looks.”", "Patient council, Lisbon", False), ("“It hums.”", "Diary, day 6", False)],
    ),
    (
        "insight",
        "bulb",
        "Insight",
        [("The pump is too visible to use in public", "4 voices, agreed 2 Oct", True)],
    ),
    (
        "decision",
        "scale",
        "Decision",
        [("Accept a smaller battery in version 2", "R. Okafor, 12 Oct", False)],
    ),
    (
        "change",
        "arrows-exchange",
        "Change",
        [("Device brief 2.1: under 400 g, under 35 dB", "20 Oct", False)],
    ),
    ("answer", "message-reply", "Answer", []),
]


class ExampleForm(forms.Form):
    """Each kind of field once."""

    statement = forms.CharField(
        label="What does it mean?", help_text="One sentence that a colleague could disagree with."
    )
    detail = forms.CharField(label="What else matters", widget=forms.Textarea, required=False)
    strength = forms.ChoiceField(
        label="How strong is it?",
        widget=forms.RadioSelect,
        choices=[
            ("one", "One person said it"),
            ("some", "Several people said it"),
            ("all", "Nobody said otherwise"),
        ],
    )
    due_date = forms.DateField(
        label="Answer by",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="They were promised 30 days.",
    )
    function = forms.ChoiceField(
        label="Who should answer?", choices=[("", "Choose"), *[(value, label) for value, label, _ in CHOSEN]]
    )
    file = forms.FileField(label="Notes of the meeting", required=False)
    quoted = forms.BooleanField(label="The people quoted have agreed to be quoted", required=False)


def grid() -> dict:
    return {
        "caption": "Nobody was asked about the submission, except on results (n 81)",
        "corner": "Need",
        "columns": [{"label": label} for label in POINTS],
        "rows": [
            {"label": need, "cells": [{"value": value, "url": "#cell"} for value in values]}
            for need, values in NEEDS.items()
        ],
    }


def trail() -> list[dict]:
    return [
        {
            "kind": kind,
            "icon": sign,
            "label": label,
            "empty": "Owed by 12 Nov, in 13 days",
            "nodes": [
                {"text": text, "url": "#node", "meta": meta, "current": current} for text, meta, current in nodes
            ],
        }
        for kind, sign, label, nodes in TRAIL
    ]


def insight_rows() -> list[dict]:
    names = ("statement", "state", "function", "due", "voices")
    return [dict(zip(names, row, strict=True)) for row in ROWS]


@register.simple_tag
def examples() -> SimpleNamespace:
    """Everything the gallery shows."""
    return SimpleNamespace(
        today=TODAY,
        states=list(STATES),
        dates=[dt.date(2026, 11, 3), dt.date(2026, 10, 28), dt.date(2026, 12, 18), TODAY, None],
        voice=VOICE,
        plain_voice={**VOICE, "parts": None},
        neighbours=NEIGHBOURS,
        waiting=WAITING,
        rates=[{"label": label, "value": value} for label, value in RATES],
        checklist=CHECKLIST,
        steps=STEPS,
        tabs=TABS,
        filters=FILTERS,
        grid=grid(),
        rows=insight_rows(),
        trail=trail(),
        page=Paginator(range(118), 10).page(4),
        form=ExampleForm(),
        wrong=ExampleForm({"statement": "", "strength": "", "due_date": "soon", "function": ""}, auto_id="wrong_%s"),
    )
