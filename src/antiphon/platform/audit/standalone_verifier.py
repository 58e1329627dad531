"""Checks an exported audit trail. One file; needs Python and, for signed heads, `cryptography`.

    python standalone_verifier.py TRAIL.jsonl [--workspace ID --heads heads.jsonl --key audit-public.pem]

Exit codes: 0 whole, 1 altered, 2 cannot be read.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

PREFIX = b"antiphon-audit/1"


def link_hash(body: str, prev_hash: str) -> str:
    data = body.encode()
    return hashlib.sha256(PREFIX + len(data).to_bytes(8, "big") + data + prev_hash.encode()).hexdigest()


def chain_faults(rows: list[dict]) -> list[str]:
    faults, expected, prev_hash = [], 1, "0" * 64
    for row in rows:
        if row["seq"] != expected:
            faults.append(f"event {row['seq']}: number {expected} was expected")
        if row["prev_hash"] != prev_hash:
            faults.append(f"event {row['seq']}: does not follow from the one before")
        if link_hash(row["body"], row["prev_hash"]) != row["hash"]:
            faults.append(f"event {row['seq']}: was altered")
        expected, prev_hash = row["seq"] + 1, row["hash"]
    return faults


def head_faults(rows: list[dict], workspace: str, heads: Path, key: Path) -> list[str]:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import serialization

    public = serialization.load_pem_public_key(key.read_bytes())
    known = {row["seq"]: row["hash"] for row in rows}
    faults = []
    for number, line in enumerate(heads.read_text(encoding="utf-8").splitlines(), 1):
        statement = json.loads(line)
        signature = base64.b64decode(statement.pop("signature"))
        text = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        try:
            public.verify(signature, text.encode())
        except InvalidSignature:
            faults.append(f"heads line {number}: the signature does not hold")
            continue
        seq, digest = statement["heads"].get(workspace, (0, None))
        if seq and known.get(seq) != digest:
            faults.append(f"event {seq} is not the one signed at {statement['at']}")
    return faults


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks an exported Antiphon audit trail.")
    parser.add_argument("trail", type=Path)
    parser.add_argument("--workspace", default="")
    parser.add_argument("--heads", type=Path)
    parser.add_argument("--key", type=Path)
    options = parser.parse_args(arguments)
    try:
        rows = [json.loads(line) for line in options.trail.read_text(encoding="utf-8").splitlines()]
        faults = chain_faults(rows)
        if options.heads:
            faults += head_faults(rows, options.workspace, options.heads, options.key)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    print(f"{len(rows)} events, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
