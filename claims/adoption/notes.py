"""The editors' notes of a record, as rows of the desk."""

from collections.abc import Mapping

from ..models import EditorsNote
from .filling import Filling, Standing, write_all


def notes(filling: Filling, kind: str, batch: list[Standing], keys: Mapping[str, int] | None = None) -> None:
    """The notes on these objects of one `kind`, whose rows are there; `keys` are theirs where filling has none."""
    rows, places = [], []
    for entry in batch:
        document = entry.document
        for note in document.notes:
            owner = keys[document.id] if keys else filling.key(kind, document.id, entry.place)
            rows.append(EditorsNote(**{f"{kind}_id": owner}, about=note.about, text=note.text))
            places.append(entry.place)
    write_all(rows, places)
