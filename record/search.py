"""Search in what is current."""


def clear() -> None:
    """Empties the index."""


def replace(*, gone, standing) -> None:
    """Takes out and puts in documents, (seq, document) each."""
