"""Addresses of the net, and numbers that are somebody's own, by their shape."""

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening.personal import _checks
from antiphon.engines.listening.personal._pattern import (
    CAPITAL,
    TOUCHING,
    any_in_any_case,
    any_of,
    digit_not_after,
    heads,
    pattern,
)

_WORDS = lexicon("personal")

IDENTIFIERS = (
    pattern(
        "email", "contact", r"(?<![\w.+-])[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w@])", needs="@"
    ),
    pattern(
        "url",
        "contact",
        r"(?i:\bhttps?://[^\s<>\"']{1,500}(?<![.,;:!?)])|\bwww\.[^\s<>\"']{1,500}(?<![.,;:!?)]))",
        needs=".",
        words=frozenset({"http", "https", "www"}),
    ),
    pattern(
        "domain",
        "contact",
        rf"(?<![\w.@-])(?:[A-Za-z0-9][A-Za-z0-9-]{{1,62}}\.){{1,4}}(?:{any_of(_WORDS['domains'])})(?![\w@])(?!\.\w)",
        hint=rf"\.(?:{any_of(_WORDS['domains'])})(?![\w@])",
    ),
    pattern("handle", "contact", r"(?<![\w.@])@[A-Za-z_]\w{2,30}\b", needs="@"),
    pattern(
        "ip_address",
        "contact",
        digit_not_after(r"[\w.]") + r"\d{0,2}\.(?:\d{1,3}\.){2}\d{1,3}(?![\w]|\.\d)",
        digits=4,
        between=".",
        check=_checks.is_ip,
    ),
    pattern(
        "ip_address",
        "contact",
        r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{1,4}(?![\w:])",
        needs=":",
        hint=r":[0-9A-Fa-f]{0,4}:",
        check=_checks.is_ip,
    ),
    pattern(
        "mac_address",
        "contact",
        r"(?<![\w:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:])",
        between=":-",
        hint=r"[:-][0-9A-Fa-f]{2}[:-]",
    ),
    pattern(
        "named_number",
        "identifier",
        rf"(?<!\w)(?:{any_in_any_case(_WORDS['id_fields'])})(?![^\W\d_])"
        r"(?i:(?: ?(?:number|nummer|número|numero|no\.?|nr\.?|num\.?|nº|n°|id|card|#))?(?: is| ist| es)?"
        r"[ \t]{0,3}[:#=.]?[ \t]{0,8})"
        r"(?P<it>(?=[A-Za-z./-]{0,8}\d)[A-Za-z0-9](?:[A-Za-z0-9/.-]{0,20}[A-Za-z0-9])?(?: \d{1,10}){0,4})(?!\w)",
        digits=1,
        words=heads(_WORDS["id_fields"]),
        check=_checks.is_reference,
    ),
    pattern(
        "social_security_number",
        "identifier",
        digit_not_after(r"[\d-]") + r"\d{2}-\d{2}-\d{4}(?![\d-])",
        digits=9,
        between="-",
    ),
    pattern(
        "licence_number",
        "identifier",
        digit_not_after(r"[\d-]") + r"\d{3}-\d{2}-\d{4}(?![\d-])",
        digits=10,
        between="-",
    ),
    pattern(
        "national_insurance_number",
        "identifier",
        rf"{CAPITAL}[A-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b",
        digits=6,
        words=frozenset("abcd"),
    ),
    pattern(
        "iban",
        "identifier",
        rf"{CAPITAL}[A-Z]\d\d(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?\b",
        digits=2,
        between=TOUCHING,
    ),
    pattern(
        "identity_card",
        "identifier",
        r"\b(?:\d{8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z])\b",
        digits=7,
        between=("", "-"),
        hint=r"\d-?[A-Z]",
        check=_checks.is_spanish_id,
    ),
    pattern(
        "card_number",
        "identifier",
        digit_not_after(r"[\d-]") + r"\d{3}(?:[ -]?\d{4}){3}(?![\d-])",
        digits=16,
        lengths={4, 8, 12, 16},
    ),
    pattern(
        "nhs_number",
        "identifier",
        r"[1-9](?<![\d+-][1-9])\d{2}[ -]\d{3}[ -]\d{4}(?![\d-])",
        digits=10,
        lengths={3},
        check=_checks.is_nhs,
    ),
    pattern("record_number", "identifier", rf"{CAPITAL}[A-Z]{{0,2}}\d{{6,10}}\b", digits=6, between=TOUCHING),
)
