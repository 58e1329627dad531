"""How audit events are linked: each hash covers its body and the hash before it. Plain Python."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PREFIX = b"antiphon-audit/1"
START = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One event as the chain sees it."""

    seq: int
    body: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why: a code."""

    seq: int
    why: str


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link_hash(body: str, prev_hash: str) -> str:
    """SHA-256 over the prefix, the length of the body, the body and the hash before."""
    data = body.encode()
    return hashlib.sha256(PREFIX + len(data).to_bytes(8, "big") + data + prev_hash.encode()).hexdigest()


def commitment(key: bytes, value: object) -> str:
    """A value that can be checked by whoever holds the key, and guessed by nobody else."""
    return hmac.new(key, canonical(value).encode(), hashlib.sha256).hexdigest()


def breaks(links: Iterable[Link]) -> Iterator[Break]:
    """Every place where numbers, links or hashes do not follow from the one before."""
    expected, prev_hash = 1, START
    for link in links:
        if link.seq != expected:
            yield Break(link.seq, "gap")
        if link.prev_hash != prev_hash:
            yield Break(link.seq, "unlinked")
        if link_hash(link.body, link.prev_hash) != link.hash:
            yield Break(link.seq, "altered")
        expected, prev_hash = link.seq + 1, link.hash
