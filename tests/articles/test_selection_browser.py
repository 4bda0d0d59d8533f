"""What is selected in the workspace is what is recorded, however often it stands there: in a real browser."""

import pytest
from django.urls import reverse

from articles.ingest import take_in
from articles.models import Passage
from tests.claims.test_workspace_browser import settled, wait_for
from tests.desk import matter

SAID = "“We will not leave 🏠,” said the farmer."
TEXT = f"Dam news 🎈\n\n{SAID}\n\n{'🎈' * 40} {SAID} Then it rained.\n\n{SAID}\n\nThe end of it 🎈🎈 came on Monday."


@pytest.fixture
def read(page, sign_in, editor):
    """The workspace of an article that prints one sentence three times, and its capture."""
    made = matter(editor)
    capture = take_in(text=TEXT, outlet=made.outlet, headline="Dam news", by=editor).capture
    sign_in(page, editor)
    page.goto(f"/admin/articles/article/{capture.article_id}/workspace/")
    page.locator("[data-reader]:focus").wait_for()
    page.keyboard.press("p")  # proposals would move the cursor on after each record
    return page, capture


def select(page, words, occurrence, *, from_unit=0, to_unit=0):
    """Selects the words as a mouse would; the last two move the ends by UTF-16 units."""
    page.evaluate(
        """([words, occurrence, from, to]) => {
          const walker = document.createTreeWalker(document.querySelector("[data-reader]"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const { data, parentElement } = walker.currentNode;
            if (!parentElement.closest("[data-paragraph]")) continue;
            for (let at = data.indexOf(words); at >= 0; at = data.indexOf(words, at + 1)) {
              if (--occurrence) continue;
              const node = walker.currentNode;
              getSelection().setBaseAndExtent(node, at + from, node, at + words.length + to);
              return;
            }
          }
        }""",
        [words, occurrence, from_unit, to_unit],
    )


def record(page, summary):
    page.keyboard.press("r")
    page.locator("[data-form] [name=speaker]").wait_for()
    settled(page)
    page.fill("[data-form] [name=speaker]", "Asel Bek")
    settled(page)
    page.fill("[name=summary]", summary)
    settled(page)
    page.keyboard.press("Control+Enter")
    wait_for(page, "() => !document.querySelector('[data-form]')")
    page.wait_for_timeout(300)


def starts_of(words, text=TEXT):
    return [at for at in range(len(text)) if text.startswith(words, at)]


@pytest.mark.parametrize("words", ["We will not leave 🏠", SAID])
def test_each_of_three_places_of_the_same_words_is_recorded_where_it_was_selected(read, words):
    page, capture = read
    recorded = []
    for occurrence in (2, 3, 1):
        # What was recorded cuts the text into pieces: a selection spans them.
        select_by_position(page, words, occurrence)
        record(page, f"The farmers will not leave, {occurrence}")
        recorded.append(capture.passages.order_by("-id").first().start)
    starts = starts_of(words)
    assert recorded == [starts[1], starts[2], starts[0]]
    assert {passage.exact for passage in capture.passages.all()} == {words}


def select_by_position(page, words, occurrence):
    """Selects over the elements that mark what is recorded already."""
    page.evaluate(
        """([words, occurrence]) => {
          const nodes = [], read = document.querySelector("[data-reader]");
          const walker = document.createTreeWalker(read, NodeFilter.SHOW_TEXT);
          let text = "";
          while (walker.nextNode()) {
            if (!walker.currentNode.parentElement.closest("[data-paragraph]")) continue;
            nodes.push([walker.currentNode, text.length]);
            text += walker.currentNode.data;
          }
          let at = -1;
          while (occurrence--) at = text.indexOf(words, at + 1);
          const place = (position) => {
            const [node, start] = nodes.findLast(([, begin]) => begin <= position);
            return [node, position - start];
          };
          getSelection().setBaseAndExtent(...place(at), ...place(at + words.length));
        }""",
        [words, occurrence],
    )


def test_a_whole_paragraph_selected_by_three_clicks_is_recorded(read):
    page, capture = read
    page.locator("[data-paragraph]", has_text=SAID).nth(2).click(click_count=3, position={"x": 12, "y": 8})
    record(page, "The farmers will not leave")
    assert [(one.exact, one.start) for one in capture.passages.all()] == [(SAID, starts_of(SAID)[2])]


def test_a_selected_headline_is_recorded(read):
    page, capture = read
    page.locator("[data-paragraph]").first.click(click_count=3, position={"x": 12, "y": 8})
    record(page, "There is news of the dam")
    assert capture.passages.get().exact == "Dam news 🎈"


def test_half_of_a_character_is_taken_whole(read):
    page, capture = read
    select(page, "🎈🎈 came on", 1, from_unit=1)
    record(page, "The end came on Monday")
    assert capture.passages.get().exact == "🎈🎈 came on"
    select_by_position(page, "of it 🎈", 1)
    page.evaluate("getSelection().extend(getSelection().focusNode, getSelection().focusOffset - 1)")
    record(page, "The dam works have ended")
    assert Passage.objects.get(exact="of it 🎈").capture == capture


# At the address itself


def test_another_wording_typed_after_selecting_is_looked_for_by_itself(editor, editor_client):
    made = matter(editor)
    capture = take_in(text=TEXT, outlet=made.outlet, headline="Dam news", by=editor).capture
    address = reverse("admin:articles_article_workspace_form", args=[capture.article_id])
    asked = {"capture": capture.pk, "exact": SAID, "occurrence": "3"}
    form = editor_client.post(address, asked, headers={"X-Workspace": "1"}).content.decode()
    token = form.split('name="occurrence" value="')[1].split('"')[0]
    assert token.startswith("3-")
    for exact, status in ((SAID, 200), ("said the farmer", 400), ("it rained", 200)):
        answer = editor_client.post(
            address, asked | {"exact": exact, "occurrence": token}, headers={"X-Workspace": "1"}
        )
        assert answer.status_code == status


@pytest.mark.parametrize("occurrence", ["", "0", "9", "-1", "x", "3-forged", "9" * 30, "٣", "1\ufffd"])
def test_an_occurrence_that_says_nothing_leaves_words_that_stand_often_refused(editor, editor_client, occurrence):
    made = matter(editor)
    capture = take_in(text=TEXT, outlet=made.outlet, headline="Dam news", by=editor).capture
    address = reverse("admin:articles_article_workspace_form", args=[capture.article_id])
    asked = {"capture": capture.pk, "exact": SAID, "occurrence": occurrence}
    answer = editor_client.post(address, asked, headers={"X-Workspace": "1"})
    assert (answer.status_code, "3 times" in answer.json()["refused"]) == (400, True)


@pytest.mark.parametrize("half", ["\ud83c", "🎈\udf88", "\ufffd"])
def test_half_a_character_is_answered_in_words(editor, editor_client, half):
    made = matter(editor)
    address = reverse("admin:articles_article_workspace_form", args=[made.article.pk])
    asked = {
        "capture": made.capture.pk,
        "exact": f"Nobody was {half}".encode("utf-8", "surrogatepass"),
        "occurrence": "1",
    }
    answer = editor_client.post(address, asked, headers={"X-Workspace": "1"})
    assert answer.status_code == 400
    assert "are not in the text" in answer.json()["refused"]


def test_half_a_character_beside_words_does_not_hide_them(editor, editor_client):
    made = matter(editor)
    capture = take_in(text=TEXT, outlet=made.outlet, headline="Dam news", by=editor).capture
    address = reverse("admin:articles_article_workspace_form", args=[capture.article_id])
    asked = {"capture": capture.pk, "exact": SAID, "prefix": "\ufffd" + "🎈" * 20 + " "}
    form = editor_client.post(address, asked, headers={"X-Workspace": "1"})
    assert form.status_code == 200
    assert 'name="occurrence" value="2-' in form.content.decode()
