"""Values of a file that knows numbers and dates, as a spreadsheet would show them."""

from datetime import date, datetime, time


def text_of(value: object) -> str:
    """One cell as text; an empty one is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    written = getattr(value, "text", None)
    return written if isinstance(written, str) else str(value)
