"""Files that want something: each looks like one that somebody might bring."""

import io
import zipfile

MEGABYTE = 1_000_000
QDC = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="{name}"/></Codes></CodeBook>'
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/hostname">]>'
SCRIPT = "<script>CNRYX</script>"


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


BOMB = zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * (60 * MEGABYTE)})
WORD = {"[Content_Types].xml": b"<Types/>"}
# name of the file: what is in it
FILES = {
    "bomb.xlsx": BOMB,
    "bomb.docx": zipped({"word/document.xml": b" " * (60 * MEGABYTE)}),
    "nested.xlsx": zipped({"xl/workbook.xml": zipped({"inner.zip": BOMB})}),
    "laughs.docx": zipped(WORD | {"word/document.xml": f"{LAUGHS}<x>&e9;</x>".encode()}),
    "outside.docx": zipped(WORD | {"word/document.xml": f"{OUTSIDE}<x>&e9;</x>".encode()}),
    "laughs.xlsx": zipped({"xl/workbook.xml": f"{LAUGHS}<x>&e9;</x>".encode()}),
    "laughs.qdc": (LAUGHS + QDC.format(name="&e9;")).encode(),
    "outside.qdc": (OUTSIDE + QDC.format(name="&e9;")).encode(),
    "deep.qdc": QDC.replace('<Code name="{name}"/>', '<Code name="a">' * 20_000 + "</Code>" * 20_000).encode(),
    "script.qdc": QDC.format(name="&lt;script&gt;CNRYX&lt;/script&gt;").encode(),
    "utf-16.csv": "label,comment\nWeg,Der Weg ist weit.\n".encode("utf-16"),
    "broken.csv": b"label,comment\n\xff\xfe\xfd,\xc3\x28\n",
    "half a sign.jsonl": b'{"label": "a", "comment": "\\ud800"}\n',
    "nul.csv": b"label,comment\na,\x00b\n",
    "wide.csv": ",".join(f"c{n}" for n in range(10_000)).encode() + b"\n" + b"," * 9_999 + b"\n",
    "formula.csv": b'label,comment\n=1+1,=HYPERLINK("http://x")\n',
    "script.csv": f"label,comment,{SCRIPT}\n{SCRIPT},{SCRIPT},{SCRIPT}\n".encode(),
    "backwards.csv": "label,comment\n\u202egnp.exe,\u2066a\u2069\n".encode(),
    "brackets.csv": b"label,comment\n" + b"[" * MEGABYTE + b",x\n",
    "brackets.jsonl": b"[" * MEGABYTE,
    "one line.txt": b"x" * (20 * MEGABYTE),
    "quotes.csv": b'label,comment\n"' + b'""' * MEGABYTE,
    "days.csv": b"label,date\na,0001-01-01\nb,9999-12-31\nc,99999-99-99\n",
    "numbers.csv": b"label,id\na,-99999999999999999999\nb," + b"9" * 5_000 + b"\n",
    "empty.csv": b"",
    "no rows.xlsx": zipped({}),
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(5_000),
    f"{SCRIPT}.csv": b"label,comment\na,b\n",
    "..\\..\\climbs.csv": b"label,comment\na,b\n",
    "\u202evsc.exe.csv": b"label,comment\na,b\n",
    "a" * 300 + ".csv": b"label,comment\na,b\n",
}
