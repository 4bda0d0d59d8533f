"""What one answer asks for over and over is worked out once: addresses, names, dates in words, translated words.

Django looks up the language, and each translation in it, every time it is asked; a page asks two thousand times.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils import translation

P = ParamSpec("P")
R = TypeVar("R")

_memo: ContextVar[dict[Any, Any] | None] = ContextVar("what this answer knows already", default=None)


@contextmanager
def answer_memo() -> Iterator[None]:
    """Inside, one language is spoken at one moment of the record: `memoize_in_answer` keeps what it was given."""
    before = _memo.set({})
    try:
        yield
    finally:
        _memo.reset(before)


@contextmanager
def speak(language: str) -> Iterator[None]:
    """Inside, another language is spoken than in the rest of the answer."""
    with translation.override(language), answer_memo():
        yield


def memoize_in_answer(function: Callable[P, R]) -> Callable[P, R]:
    """The function, which within an answer returns the same value for the same arguments. None of them may change."""

    @wraps(function)
    def find_or_call(*args: P.args, **kwargs: P.kwargs) -> R:
        memo = _memo.get()
        if memo is None or kwargs:
            return function(*args, **kwargs)
        key = (function, args)
        if key not in memo:
            memo[key] = function(*args, **kwargs)
        found: R = memo[key]
        return found

    return find_or_call


def memo_of_answer() -> dict[Any, Any]:
    """What this answer knows, by keys of the caller's own; outside of an answer nothing stays."""
    memo = _memo.get()
    return {} if memo is None else memo
