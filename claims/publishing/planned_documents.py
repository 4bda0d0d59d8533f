"""What a plan of publication holds: the documents that become public, and what speaks against them."""

from dataclasses import dataclass, field

from articles.models import TrackedModel
from record.documents import AnyDocument, encode

from ..models import Release
from .loading import kind_of


@dataclass(frozen=True)
class Complaint:
    """Why one object cannot be published: a sentence for an editor, and the field if it is about one.

    `form` is what was found of a withheld name: the sentence does not repeat it, for not everybody may read it.
    """

    obj: TrackedModel
    sentence: str
    field: str = ""
    form: str = ""


@dataclass(frozen=True)
class PlannedDocument:
    """One object that becomes public, or public in a new version.

    `current_text` is the canonical text of the document that readers see now, None where they see none. `needed_by` is
    empty for what was chosen; otherwise it tells for whose sake the object was added.
    """

    obj: TrackedModel
    document: AnyDocument
    current_text: str | None
    needed_by: str = ""

    @property
    def kind(self) -> str:
        return kind_of(self.obj)

    @property
    def is_added(self) -> bool:
        return bool(self.needed_by)

    @property
    def text(self) -> str:
        """The canonical text of the document that readers would see."""
        return encode(self.document)


@dataclass
class Plan:
    """What `publish` does with a set of objects, and what keeps it from doing so.

    `becoming` is in the order in which one document may need another. `unchanged` was chosen, but readers see it just
    so. `neighbours` are public and get a new version because they may now name what becomes public. `refusals` keep
    the whole of it from being published, `warnings` do not. `own_changes` are the refusals that are none for others.
    """

    planned_documents: list[PlannedDocument] = field(default_factory=list)
    unchanged: list[TrackedModel] = field(default_factory=list)
    neighbours: list[PlannedDocument] = field(default_factory=list)
    refusals: list[Complaint] = field(default_factory=list)
    warnings: list[Complaint] = field(default_factory=list)
    own_changes: list[Complaint] = field(default_factory=list)
    releases: dict[str, Release] = field(default_factory=dict)

    @property
    def additions(self) -> list[PlannedDocument]:
        """What was not chosen, but is needed by what was."""
        return [entry for entry in self.planned_documents if entry.is_added]

    @property
    def revisions(self) -> dict[str, int]:
        """The revision of everything that becomes public: `publish` takes it and refuses what nobody has looked at."""
        return {entry.obj.public_id: entry.obj.revision for entry in self.planned_documents}

    @property
    def documents(self) -> list[AnyDocument]:
        return [entry.document for entry in [*self.planned_documents, *self.neighbours]]
