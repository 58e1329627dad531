"""Comments with codes, made up of a few sentences, for tests that need many of them."""

from itertools import product

SAID = {
    "waiting": ["I waited three hours", "the wait was far too long", "we were seen late again", "a long delay"],
    "food": ["the food was cold", "lovely meals and hot tea", "dinner was not eatable", "more fruit at breakfast"],
    "staff": ["the nurse was kind", "a rude doctor", "everyone was friendly to me", "the staff listened well"],
}
ENDS = ["on Monday", "at the clinic", "for my mother", "as ever", "this time", "and that is all"]


def comments(ends: list[str] = ENDS) -> list[dict[str, object]]:
    """Each sentence with each ending, and each two of them together; every one with its codes and its person."""
    single = [({code}, said) for code, list_ in SAID.items() for said in list_]
    pairs = [
        (one | other, f"{said}, and {more}") for (one, said), (other, more) in product(single[:4], single[4:]) if said
    ]
    return [
        {"id": f"c{number}", "text": f"{said} {end}", "codes": sorted(codes), "who": f"p{number // 2}"}
        for number, ((codes, said), end) in enumerate(product(single * 2 + pairs, ends))
    ]
