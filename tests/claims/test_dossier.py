"""The reader of dossiers: what is wrong is told with its file and place; a file cut off is never taken for whole."""

import pytest

from claims.imports.dossier import read_dossier
from record.imports import ImportRefused
from tests import small_dossier

QUESTIONS, OUTLETS, ACTORS, POST, ECHO = small_dossier.FILES


def fault_of(folder) -> str:
    with pytest.raises(ImportRefused) as caught:
        read_dossier(folder)
    return str(caught.value)


def test_a_whole_dossier_is_read(tmp_path):
    dossier = read_dossier(small_dossier.write(tmp_path))
    assert [claim.slug for claim in dossier.questions[0].claims] == ["three-bridges", "no-bridges"]
    assert list(dossier.statements) == [POST, ECHO]
    assert dossier.statements[ECHO].printings[0].of == "mayor-three"


def test_an_excerpt_is_the_headline_and_the_quotations_in_the_order_of_the_article(tmp_path):
    dossier = read_dossier(small_dossier.write(tmp_path))
    headed, headless = dossier.articles
    assert dossier.excerpt_of(headed).split("\n[…]\n") == [
        "Lorries wait at the river",
        "we are told",
        "three of them are shut",
        "all bridges were open",
    ]
    assert dossier.excerpt_of(headless) == "three are shut\n[…]\nthe ministry did not mention bridges"


def test_words_that_two_statements_share_stand_once_in_the_excerpt(tmp_path):
    shared = ('at = [2, 1], quote = "all bridges were open"', 'at = [1, 2], quote = "three of them are shut"')
    dossier = read_dossier(small_dossier.write(tmp_path, {POST: shared}))
    assert dossier.excerpt_of(dossier.articles[0]).count("three of them are shut") == 1


def test_what_goes_through_another_comes_first_in_the_chain_unless_it_is_left_out(tmp_path):
    file = read_dossier(small_dossier.write(tmp_path)).statements[ECHO]
    assert [step.outlet for step in file.chain_of(file.printings[0])] == ["harbour-post"]
    assert file.chain_of(file.statements[0].printed[0]) == []


@pytest.mark.parametrize("name", small_dossier.FILES)
def test_a_file_cut_off_anywhere_is_refused_or_lacks_nothing(tmp_path, name):
    whole = read_dossier(small_dossier.write(tmp_path))
    path = tmp_path / name
    content = path.read_bytes()
    accepted = 0
    line_ends = {place for place, byte in enumerate(content) if byte in b"\n"}
    for length in sorted(line_ends | set(range(0, len(content), 11))):
        path.write_bytes(content[:length])
        try:
            assert read_dossier(tmp_path) == whole, content[:length]
            accepted += 1
        except ImportRefused as fault:
            assert name in str(fault)
    assert accepted <= 1  # without the last line end


def test_a_file_that_ends_between_two_tables_is_called_cut_off(tmp_path):
    small_dossier.write(tmp_path)
    (tmp_path / POST).write_text(small_dossier.FILES[POST].partition("[end]")[0], encoding="utf-8")
    assert fault_of(tmp_path) == f"{POST} is cut off: its [end] table is missing."


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            ACTORS,
            "actors = 2",
            "actors = 3",
            "actors.toml is cut off or miscounted: [end] says 3 actors, the file has 2.",
        ),
        (POST, 'mode = "mixed"', 'mood = "mixed"', "statements 1 (mayor-three): Object contains unknown field `mood`"),
        (POST, 'mode = "mixed"', 'mode = "loud"', "statements 1 (mayor-three), mode: Invalid enum value 'loud'"),
        (POST, 'mode = "mixed"', "", "statements 1 (mayor-three): Object missing required field `mode`"),
        (POST, 'stance = "affirms" }]', 'stance = "likes" }]', "statements 2 (driver-none), stances 1, stance: "),
        (POST, "2021-05-03", "2021-13-40", "statements 1 (mayor-three): “2021-13-40” is not in the calendar."),
        (OUTLETS, "2021-05-04", "4 May", "articles 1 (bridges): “4 May” is not a date"),
        (QUESTIONS, 'as_of = "2021-05"', 'as_of = "2021-02-30"', "claims 1 (three-bridges), figure: “2021-02-30”"),
        (QUESTIONS, 'unit = "bridges", ', "", "claims 1 (three-bridges), figure: Object missing required field `unit`"),
        (
            QUESTIONS,
            'kind = "fact"',
            'kind = "figure"',
            "claims 2 (no-bridges): a claim of kind figure needs a figure",
        ),
        (QUESTIONS, 'claim = "no-bridges"', 'claim = "none"', "claim “three-bridges”: there is no claim “none”."),
        (OUTLETS, 'outlet = "inland-echo"', 'outlet = "echo"', "article “bridges-again”: there is no outlet “echo”."),
        (
            OUTLETS,
            'derived_from = "bridges"',
            'derived_from = "b"',
            "article “bridges-again”: there is no article “b”.",
        ),
        (OUTLETS, 'words = "we are told"', "words = 3", "articles 1 (bridges), framings 1, words: Expected `str`"),
        (OUTLETS, 'words = "we', 'written_by = "wire", words = "we', "article “bridges”: there is no outlet “wire”."),
        (ACTORS, 'reported_in = "bridges"', 'reported_in = "b"', "actor “driver”: there is no article “b”."),
        (ACTORS, 'slug = "driver"', 'slug = "mayor"', "actors.toml: “mayor” is there 2 times."),
        (POST, 'speaker = "driver"', 'speaker = "rider"', "statement “driver-none”: there is no actor “rider”."),
        (POST, 'speaker = "driver"', "", "a statement needs either a speaker or a speaker_label"),
        (POST, 'claim = "no-bridges"', 'claim = "none"', "statement “driver-none”: there is no claim “none”."),
        (
            POST,
            'said_on = "2021-05-03"',
            'earlier = { why = "Wrong speaker.", speaker = "rider" }',
            "statement “mayor-three”: there is no actor “rider”.",
        ),
        (
            ACTORS,
            'slug = "mayor"',
            'slug = "mayor"\nmerged = { into = "marsh", why = "One person." }',
            "actor “mayor”: there is no actor “marsh”.",
        ),
        (POST, 'quote = "all bridges were open"', 'quote = " "', "printed 1: a quotation must be a single line"),
        (POST, 'label = "a radio call", ', "", "printed 1, chain 1: a step of the chain must name exactly one"),
        (POST, "at = [2, 1]", "at = [2]", "statements 2 (driver-none), printed 1, at: "),
        (
            ECHO,
            'of = "mayor-three"',
            'of = "mayor-four"',
            "printing of “mayor-four”: there is no statement “mayor-four”.",
        ),
        (ECHO, 'outlet = "harbour-post"', 'outlet = "post"', f"{ECHO}: there is no outlet “post”."),
        (ECHO, 'article = "bridges-again"', 'article = "bridges"', "the article “bridges” has 2 files."),
        (ECHO, "[[printings]]", "[[printings]", f"{ECHO}: "),
    ],
)
def test_a_fault_is_told_with_its_file_and_place(tmp_path, file, old, new, fault):
    told = fault_of(small_dossier.write(tmp_path, {file: (old, new)}))
    assert fault in told
    assert file.partition("/")[0] in told


def test_a_printing_cannot_come_before_its_statement(tmp_path):
    small_dossier.write(tmp_path)
    (tmp_path / ECHO).rename(tmp_path / "statements/0_echo.toml")
    assert fault_of(tmp_path) == "statements/0_echo.toml, printing of “mayor-three”: that statement is in a later file."


def test_a_reprint_cannot_come_before_its_original(tmp_path):
    told = fault_of(
        small_dossier.write(tmp_path, {OUTLETS: ('published = "2021-05-04"', 'derived_from = "bridges-again"')})
    )
    assert "article “bridges”: “bridges-again” must come before it." in told


def test_a_wrong_encoding_is_told_with_its_line(tmp_path):
    small_dossier.write(tmp_path)
    (tmp_path / ACTORS).write_bytes(b'\n[[actors]]\nname = "Mar\xeda"\n')
    assert fault_of(tmp_path) == "actors.toml, line 3: this is not UTF-8 text."


def test_a_missing_file_and_a_missing_folder_are_told(tmp_path):
    small_dossier.write(tmp_path)
    (tmp_path / QUESTIONS).unlink()
    assert fault_of(tmp_path) == "questions.toml cannot be read: No such file or directory."
    assert "is not a folder" in fault_of(tmp_path / "nowhere")
