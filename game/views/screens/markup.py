"""What do the marks in a text say?  Stars around what is *emphasised*, double brackets around [[links]]; an empty line
begins a paragraph. Nothing else is a mark, and nothing is ever run."""

from __future__ import annotations

from collections.abc import Iterator


def runs(text: str) -> Iterator[tuple[str, bool, str]]:
    """The runs of a text with *emphasis* and [[links]]: text, whether emphasised, link."""
    emphasised = False
    at = 0
    while at < len(text):
        if text.startswith("[[", at) and (end := text.find("]]", at)) > 0:
            link, _, shown = text[at + 2 : end].partition("|")
            yield shown or link, emphasised, link
            at = end + 2
        elif text[at] == "*" and _turns(text, at, emphasised):
            emphasised = not emphasised
            at += 1
        else:
            end = min(
                (e for e in (text.find("*", at + 1), text.find("[[", at + 1)) if e > 0), default=len(text)
            )
            yield text[at:end], emphasised, ""
            at = end


def _turns(text: str, at: int, emphasised: bool) -> bool:
    """Whether a star begins or ends emphasis, and is no star of its own."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if emphasised:
        return not before.isspace() and not after.isalnum()
    if before.isalnum() or not after or after.isspace():
        return False
    closing = text.find("*", at + 1)
    return closing > at + 1 and "\n" not in text[at:closing]


def unmarked(text: str) -> str:
    """A text without its marks.

    >>> unmarked("The *other* outcast of [[versailles|Versailles]]")
    'The other outcast of Versailles'
    """
    return "".join(shown for shown, _, _ in runs(text))


def links(*texts: str) -> dict[str, str]:
    """The links in texts, each with the words it is first shown by; in lower case, as the words of a library are.

    >>> links("The [[ARA|Americans]] fed [[ara]]")
    {'ara': 'Americans'}
    """
    found: dict[str, str] = {}
    for text in texts:
        for shown, _, link in runs(text):
            if link:
                found.setdefault(link.lower(), shown)
    return found


def flowing(text: str) -> str:
    """A text whose lines run on: a single line break is a space, an empty line a new paragraph.

    >>> flowing("One\\ntwo.\\n\\nThree.")
    'One two.\\nThree.'
    """
    return "\n".join(" ".join(part.split("\n")) for part in text.strip().split("\n\n"))
