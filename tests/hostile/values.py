"""What nobody writes by mistake: values that broke systems like ours."""

MARK = "CNRYX"
SCRIPT = f"<script>{MARK}</script>"
# What of these must never stand in a page or among the headers of an answer as it came.
RAW = (f"<script>{MARK}", f"<img src=x onerror={MARK}")
IN_HEADERS = "X-Brought-In"
# For every parameter of every address.
IN_ADDRESSES = {
    "a NUL": "a\x00b",
    "a NUL alone": "\x00",
    "no id": "not-an-id",
    "nobody's id": "0198c0de-0000-7000-8000-000000000000",
    "a number below all": "-1",
    "nought": "0",
    "a number above all": "9" * 400,
    "a power": "1e1000000",
    "no number": "NaN",
    "other digits": "١",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "brackets": "[" * 5_000,
    "more than a search takes": "a" * 60_000,
    "a lookup": "name__startswith",
    "a script": SCRIPT,
    "out of an attribute": f"\"'><img src=x onerror={MARK}>",
    "a second header": f"a\r\n{IN_HEADERS}: {MARK}",
    "written backwards": "\u202eexe.txt",
    "a pattern": "%_\\",
    "half a sign": b"\xed\xa0\x80".decode("utf-8", "surrogatepass").encode("utf-8", "replace").decode(),
}
# For every field of every form: what can be written besides.
IN_FORMS = IN_ADDRESSES | {
    "a formula": '=HYPERLINK("http://x")',
    "a megabyte of brackets": "[" * 1_000_000,
    "a megabyte of one word": "a" * 1_000_000,
    "a bell": "ring\x07ing",
    "nothing but spaces": "   \u200b\u00a0",
    "a template": "{{ 7|add:7 }}{% debug %}%(x)s{user.password}",
}
# What a form may take for something to keep: tried in each field by itself, the others filled as one would.
IN_EACH_FIELD = {
    kind: IN_FORMS[kind]
    for kind in (
        "a NUL",
        "no id",
        "a number above all",
        "a number below all",
        "the first day",
        "the last day",
        "a script",
        "a bell",
    )
}
