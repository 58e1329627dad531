"""Makes an office file say the same bytes for the same report: packed files carry the moment they were packed."""

import datetime
import io
import re
import zipfile

# The earliest moment that such a file can carry.
EPOCH = (1980, 1, 1, 0, 0, 0)
STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def same_bytes(content: bytes, made_at: datetime.datetime) -> bytes:
    """The same parts in the same order with no moment but the report's own; the sheets inside charts too."""
    stamp = made_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in packed.namelist():
            part = packed.read(name)
            if name.endswith(".xlsx"):
                part = same_bytes(part, made_at)
            if name == "docProps/core.xml":
                part = STAMPS.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, part)
    return out.getvalue()
