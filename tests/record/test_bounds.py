"""What a document has very many of is shown in part, with a way to the rest."""

import pytest

from record.log import append
from tests import record_cast as cast

pytestmark = pytest.mark.django_db


def test_a_statement_that_was_printed_very_often_is_shown_page_by_page(client):
    cast.append_cast()
    printed = [cast.appearance("artic0000001", f"words number {number}") for number in range(60)]
    said = cast.statement(
        "state0000999", "Said once.", stances=[cast.stance("claim0000001", "affirms")], appearances=printed
    )
    append([said], reason="Printed often")
    pages = [client.get(f"/statements/state0000999.json?page={number}").json() for number in (1, 2, 3)]
    shown = [[printing["exact"] for printing in page["printings"]] for page in pages]
    assert sorted(words for part in shown for words in part) == sorted(f"words number {number}" for number in range(60))
    assert [len(part) for part in shown] == [24, 24, 12]
    assert [page["paging"]["next"] for page in pages] == [2, 3, None]
    assert client.get("/statements/state0000999.json?page=4").status_code == 404
    among_others = str(client.get("/claims/claim0000001.json", follow=True).json())
    assert "words number 11" in among_others
    assert "words number 12" not in among_others
    assert "'more_printings': 48" in among_others
