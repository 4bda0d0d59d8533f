"""With the five real articles at hand, taking them in finds the demonstration's articles and moves their passages."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import Article, Capture, Passage
from claims.publishing import unsupported_quotations

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "articles"


@pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"The five real articles are not at {ARTICLES}.")
@pytest.mark.any_database
def test_the_full_texts_are_recognised_and_every_passage_moves_to_them(demonstration):
    words = dict(Passage.objects.values_list("public_id", "exact"))
    home = dict(Passage.objects.values_list("public_id", "capture__article__slug"))
    headlines = dict(Article.objects.values_list("slug", "headline"))
    said = StringIO()
    call_command("ingest_articles", str(ARTICLES), stdout=said, stderr=said)

    assert Article.objects.count() == 5, said.getvalue()
    assert Capture.objects.filter(complete=True).count() == 5, said.getvalue()
    assert dict(Article.objects.values_list("slug", "headline")) == headlines
    left = Passage.objects.filter(capture__complete=False)
    assert list(left.values_list("capture__article__slug", "exact")) == []
    assert dict(Passage.objects.values_list("public_id", "exact")) == words
    assert dict(Passage.objects.values_list("public_id", "capture__article__slug")) == home
    for passage in Passage.objects.select_related("capture"):
        assert passage.capture.text[passage.start : passage.end] == passage.exact
    assert list(unsupported_quotations()) == []

    # Once more: nothing is new.
    call_command("ingest_articles", str(ARTICLES), stdout=said, stderr=said)
    assert (Article.objects.count(), Capture.objects.count()) == (5, 10)
