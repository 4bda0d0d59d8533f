"""What readers' pages say is marked, translated in full, and compiled as it is translated."""

import ast
import importlib.util
import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

TEMPLATES = sorted((settings.BASE_DIR / "templates" / "record").glob("*.html"))

# Names that are the same in every language, and files that are for other programs.
SAME_EVERYWHERE = {"BibTeX", "CSL-JSON", "JSON", "CSV", "SHA-256", "Python", "pandas", "R", "curl"}


def program():
    """bin/messages.py as a module."""
    spec = importlib.util.spec_from_file_location("messages", settings.BASE_DIR / "bin" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = program()


def unmarked(template: str) -> list[str]:
    """The words of a template that no translator will see: texts, and attributes that are read."""
    text = re.sub(r"\{#.*?#\}", " ", template, flags=re.DOTALL)
    text = re.sub(r"\{% trans\b.*?\{% endtrans %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<(code|pre|samp)\b.*?</\1>", " ", text, flags=re.DOTALL)
    read = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', text)
    texts = re.split(r"<[^>]*>", re.sub(r'"[^"]*"', '""', text))
    return [
        " ".join(found.split())
        for found in [*read, *texts]
        if re.search(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", found)) and found.strip() not in SAME_EVERYWHERE
    ]


def messages_in_f_strings(source: str) -> list[str]:
    """Marked words inside an f-string, where the collector does not find them before Python 3.12."""
    calls = [
        call
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    ]
    return [ast.unparse(call) for call in calls if call.func.id in {"_", *messages.KEYWORDS}]


def test_no_message_stands_inside_an_f_string():
    assert messages_in_f_strings("""f"{_('Yes')} {name}" """) == ["_('Yes')"]
    sources = sorted((settings.BASE_DIR / "record").rglob("*.py"))
    found = {path.name: messages_in_f_strings(path.read_text(encoding="utf-8")) for path in sources}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_words_that_are_not_marked_are_found():
    assert unmarked('<p title="Read this">{{ _("Yes") }} <b>And this</b> {% trans %}No{% endtrans %} · 5</p>') == [
        "Read this",
        "And this",
    ]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_words_that_are_not_marked_for_translation(template):
    assert unmarked(template.read_text()) == []


@pytest.mark.parametrize(("language", "path"), messages.translations().items())
def test_every_message_is_translated_and_the_compiled_file_holds_what_the_translation_says(language, path):
    assert messages.checked(language, path, messages.collected()) == []


def test_a_message_that_is_missing_fuzzy_or_has_other_placeholders_is_told(tmp_path):
    header = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )
    path = tmp_path / "django.po"
    path.write_text(
        f'{header}\nmsgid "One"\nmsgstr ""\n\n#, fuzzy\nmsgid "Two"\nmsgstr "Deux"\n\n'
        '#, python-format\nmsgid "%(a)s three"\nmsgstr "%(b)s trois"\n\nmsgid "Four"\nmsgstr "Quatre"\n'
    )
    found = messages.faults(messages.read(path, "fr"))
    assert [fault.split(":")[0].split(" is ")[0] for fault in found] == ["'One'", "'Two'", "'%(a)s three'"]
