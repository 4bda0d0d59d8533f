"""The parts of claims and topics: relations of claims, what they are about, and which questions belong together."""

from django.db import models
from msgspec.structs import replace

from articles.tracked_changes import Refusal

from ..models import Actor, Claim, ClaimRelation, ClaimSubject, Topic, TopicQuestion
from . import cleaning
from .components import Component, join_pieces, refuse_merged, sync_rows
from .inputs import RelationInput, SubjectInput, TopicQuestionInput

MAX_SUBJECTS = 50
MAX_NAME_LENGTH = 200
MAX_QUESTIONS = 200


class Relations(Component[Claim, RelationInput, ClaimRelation]):
    """How a claim stands to others, read from it to them."""

    name = "relations"
    key = ("kind", "other")
    duplicate_message = "The relation to “{0.other}” is given twice."
    related_fields = ("other",)

    def _describe(self, part: RelationInput | ClaimRelation) -> str:
        return f"{part.kind} “{part.other}”"

    def write(self, owner: Claim) -> None:
        if any(part.other.pk == owner.pk for part in self._inputs):
            raise Refusal("A claim cannot be related to itself.", field=self.name)
        super().write(owner)
        refuse_merged(Claim, [part.other.pk for part in self._inputs], field=self.name)


class Subjects(Component[Claim, SubjectInput, ClaimSubject]):
    """What a claim is about: actors, places and other things with names."""

    name = "subjects"
    key = ("actor", "name")
    duplicate_message = "The claim is said twice to be about the same."
    related_fields = ("actor",)
    maximum = MAX_SUBJECTS
    too_many_message = "One claim can be about {most} things at most."

    def _read(self, part: SubjectInput) -> SubjectInput:
        name = cleaning.line(part.name, self.name, "name")
        if (part.kind == ClaimSubject.Kind.ACTOR) != (part.actor is not None):
            raise Refusal("Choose an actor, or choose “place” or “something else” and enter a name.", field=self.name)
        if (part.actor is None) != bool(name):
            raise Refusal("An actor has its own names; a place or another thing needs a name.", field=self.name)
        if part.actor is not None and (part.language or part.other_names):
            raise Refusal("An actor has its own names: enter none here.", field=self.name)
        language = cleaning.language(part.language, self.name)
        others = [self._read_name(line) for line in cleaning.long_text(part.other_names, self.name).splitlines()]
        return replace(part, name=name, language=language, other_names="\n".join(filter(None, others)))

    def _read_name(self, line: str) -> str:
        """One further name as it is kept: “zh-Hans: 新疆”; without a language it begins with the colon."""
        if not line.strip():
            return ""
        language, colon, name = line.partition(":")
        name = cleaning.line(name, self.name, "name")
        if not colon or not name:
            raise Refusal(
                f"Write the language of a name in front of it, with a colon, such as “zh-Hans: 新疆”: “{line[:80]}”.",
                field=self.name,
            )
        if len(name) > MAX_NAME_LENGTH:
            raise Refusal(f"A name can have {MAX_NAME_LENGTH} characters at most: “{name[:80]}…”.", field=self.name)
        return f"{cleaning.language(language, self.name)}: {name}"

    def _describe(self, part: SubjectInput | ClaimSubject) -> str:
        if part.actor is not None:
            return str(part.actor)
        return join_pieces(f"{part.kind} “{part.name}”", part.language, *part.other_names.splitlines())

    def write(self, owner: Claim) -> None:
        super().write(owner)
        refuse_merged(Actor, [part.actor.pk for part in self._inputs if part.actor], field=self.name)


class TopicQuestions(Component[Topic, TopicQuestionInput, TopicQuestion]):
    """The questions of a topic, in their order."""

    name = "questions"
    key = ("question",)
    duplicate_message = "The question “{0.question}” is given twice."
    related_fields = ("question",)
    maximum = MAX_QUESTIONS
    too_many_message = "A topic can have {most} questions at most."

    def _rows(self, owner: Topic) -> models.QuerySet[TopicQuestion]:
        return super()._rows(owner).order_by("position")

    def _describe(self, part: TopicQuestionInput | TopicQuestion) -> str:
        return str(part.question)

    def write(self, owner: Topic) -> None:
        wanted = [{"question": part.question, "position": place} for place, part in enumerate(self._inputs, start=1)]
        sync_rows(owner, self.name, wanted, self.key, part=self.name)
