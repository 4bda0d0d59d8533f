"""manage.py ingest_articles PATH…: takes in files, folders of them, and lists in CSV or JSON."""

from collections import Counter
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.ingest import IntakeResult, take_in_reading

from ...intake_files import ArticleEntry, ChoiceIsNeeded, article_entries, skipped_files
from ...models import Original
from ...original_readings import reading_of_bytes
from ...originals import discard_original, keep_original
from ...reading.limited_process import kept_process
from ...tracked_changes import Refusal
from ...uploaded_tables import FileIsBroken

MAX_CHOICES = 20  # that are printed
FIELD_OPTIONS = ("outlet", "published", "url", "language", "headline")


class Command(BaseCommand):
    help = (
        "Takes in articles from files (text, HTML, PDF, mail and more), folders of them, and lists (CSV or JSON) with "
        "the columns path or text, outlet, url, headline, byline, dateline, language, published, credited_agency, "
        "archive_url. "
        "As often as one likes: what is there already is left as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--outlet", default="", help="who printed them; an unknown outlet is added")
        parser.add_argument("--published", default="", help="2019, 2019-09 or 2019-09-03, for all")
        parser.add_argument("--url", default="", help="the address of the article; for one file only")
        parser.add_argument("--headline", default="", help="the headline; for one file only")
        parser.add_argument("--choose", default="", help="the page of a web archive, or the part of a mail, by its key")
        parser.add_argument("--language", default="", help="BCP 47, such as en or kk-Cyrl, for all")
        parser.add_argument(
            "--by", default="", metavar="USERNAME", help="the user to record as having done this; nobody by default"
        )

    def handle(self, *, paths: list[str], by: str, choose: str, **options: Any) -> None:
        said = {name: options[name] for name in FIELD_OPTIONS if options[name]}
        user = self._user(by)
        entries = list(article_entries(paths))
        if len(entries) > 1 and ("url" in said or "headline" in said or choose):
            raise CommandError("--url, --headline and --choose apply to a single file, but there is more than one.")
        # On standard error, and nothing at all where that is not a terminal (disable=None).
        with kept_process():
            rows = [
                _take_in_row(entry, choose, user, {**said, **entry.said})
                for entry in tqdm(entries, desc="Taking in", unit="article", disable=None)
            ]
        rows += [(str(path), "skipped", ["Of no kind that is read, by its name."]) for path in skipped_files(paths)]
        self._print(rows)
        refused = [name for name, outcome, _ in rows if outcome == "refused"]
        if refused:
            raise CommandError(f"{len(refused)} of {len(entries)} refused: {', '.join(refused[:5])}.")

    def _user(self, username: str) -> User | None:
        if not username:
            return None
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user “{username}”.")
        return user

    def _print(self, rows: list[tuple[str, str, list[str]]]) -> None:
        width = min(60, max((len(name) for name, _, _ in rows), default=0))
        for name, outcome, remarks in rows:
            first, *others = remarks
            self.stdout.write(f"{name:<{width}}  {outcome:<13}  {first}")
            for remark in others:
                self.stdout.write(f"{'':<{width}}  {'':<13}  {remark}")
        counts = Counter(outcome for _, outcome, _ in rows)
        self.stdout.write(", ".join(f"{number} {outcome}" for outcome, number in counts.items()) + ".")


def _take_in_row(entry: ArticleEntry, choose: str, by: User | None, said: dict[str, str]) -> tuple[str, str, list[str]]:
    """What the summary says of one entry, which is taken in or refused."""
    try:
        taken = take_in_entry(entry, choose, by=by, said=said)
    except ChoiceIsNeeded as needed:
        choices = [f"--choose “{choice.key}”: {choice.label}" for choice in needed.choices[:MAX_CHOICES]]
        return entry.name, "refused", [str(needed), *choices]
    except (FileIsBroken, Refusal) as refusal:
        return entry.name, "refused", [str(refusal)]
    return entry.name, describe_outcome(taken), ingest_remarks(taken)


def take_in_entry(entry: ArticleEntry, choose: str, *, by: User | None, said: dict[str, str]) -> IntakeResult:
    """Takes in one article with its original. Raises `FileIsBroken` and `Refusal`, and keeps nothing then."""
    data = entry.content()
    original = keep_original(data, name=entry.path.name if entry.path else "", method=Original.Method.COMMAND, by=by)
    try:
        reading = reading_of_bytes(original, data, choose)
        return take_in_reading(reading, by=by, said=said, original=original, chosen=choose)
    except (FileIsBroken, Refusal):
        discard_original(original)
        raise


def describe_outcome(taken: IntakeResult) -> str:
    if taken.new_article:
        return "taken in"
    return "recognised" if taken.new_capture else "already there"


def ingest_remarks(taken: IntakeResult) -> list[str]:
    """What an editor should know of one article, the article itself first."""
    article, capture = taken.article, taken.capture
    remarks = [f"“{article.headline}”, {article.outlet}" if article.headline else f"no headline, {article.outlet}"]
    if taken.new_outlet:
        remarks.append(f"new outlet: {article.outlet}")
    if taken.new_capture and capture.removed:
        kinds = Counter(kind for _, kind, _ in capture.removed)
        remarks.append("set apart: " + ", ".join(f"{number} × {kind}" for kind, number in kinds.items()))
    if taken.reanchored_passages:
        remarks.append(f"{len(taken.reanchored_passages)} passages found in the fuller text")
    remarks += [f"not found in the fuller text: “{passage}”" for passage in taken.unplaced_passages]
    for like in taken.reprints:
        remarks.append(
            f"likely a reprint: {like.share_of_this_in_other:.0%} of it appears in “{like.article}” "
            f"({like.article.outlet}), {like.share_of_other_in_this:.0%} of that in it"
            + (f"; first: {like.first.outlet}" if like.first else "")
        )
    return remarks
