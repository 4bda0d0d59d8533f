"""Parts of a text around the signs of something, so that slow expressions are tried only where they can find it."""

from collections.abc import Iterable, Iterator

Place = tuple[int, int]


def small_letters(text: str) -> str:
    """`text` in small letters, each in its own place: “İ” would become two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(letter.lower()[0] for letter in text)


def occurrences(text: str, words: Iterable[str]) -> Iterator[Place]:
    """The (start, end) of each of `words`, word by word. str.find is many times faster than one expression of all."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = text.find(word, at + len(word))


def windows_around(text: str, places: Iterable[Place], *, before: int, after: int) -> list[Place]:
    """The parts of `text` that hold `places`, in their order, with at least so many characters before and after each:
    cut at white space, unless there is none for as long again, and none overlapping another."""
    windows: list[Place] = []
    for first, last in places:
        if windows and last + before <= windows[-1][1]:
            continue
        start, end = max(0, first - before), min(len(text), last + after)
        while start > 0 and not text[start - 1].isspace() and first - start < 2 * before:
            start -= 1
        while end < len(text) and not text[end].isspace() and end - last < 2 * after:
            end += 1
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows
