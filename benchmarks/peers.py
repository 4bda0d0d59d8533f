"""The peers of benchmarks/export.py: the entries of the log as others would give them out. A URLconf of its own.

Each is written as its own documentation shows, and asked for pages by the last `seq` of the page before, which is what
suits it best: pages by number would have to count, and to skip what came before.
"""

import json

import orjson
from django.http import StreamingHttpResponse
from django.urls import path
from ninja import ModelSchema, NinjaAPI
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import (
    CharField,
    DateField,
    IntegerField,
    ModelSerializer,
    Serializer,
    SerializerMethodField,
)

from record.documents.entries import format_moment
from record.models import Publication

PAGE = 1000
FIELDS = ["seq", "kind", "public_id", "version", "published_at", "reason", "salt", "digest", "link", "document"]


class EntrySerializer(ModelSerializer):
    document = SerializerMethodField()

    class Meta:
        model = Publication
        fields = FIELDS

    def get_document(self, row):
        return json.loads(row.document) if row.document else None


class DateSerializer(Serializer):
    edtf = CharField()
    earliest, latest = DateField(), DateField()


class StanceSerializer(Serializer):
    claim, stance, hedge = CharField(), CharField(), CharField()


class PassageSerializer(Serializer):
    exact, prefix, suffix, capture = CharField(), CharField(), CharField(), CharField()
    start, end = IntegerField(), IntegerField()


class StepSerializer(Serializer):
    actor, outlet, label, cue, relation = CharField(), CharField(), CharField(), CharField(), CharField()


class AppearanceSerializer(Serializer):
    article, printed_name, cue = CharField(), CharField(), CharField()
    passage = PassageSerializer()
    chain = StepSerializer(many=True)


class StatementSerializer(Serializer):
    type, id, slug, speaker, speaker_label = CharField(), CharField(), CharField(), CharField(), CharField()
    role, summary, venue, mode, basis = CharField(), CharField(), CharField(), CharField(), CharField()
    words, language, translation = CharField(), CharField(), CharField()
    said_on = DateSerializer()
    stances = StanceSerializer(many=True)
    appearances = AppearanceSerializer(many=True)


class ShapedSerializer(EntrySerializer):
    """Statements by a serializer of every part of them, as an API does that knows the shapes of what it gives out."""

    def get_document(self, row):
        document = super().get_document(row)
        return StatementSerializer(document).data if row.kind == "statement" and document else document


class BySeq(CursorPagination):
    page_size = PAGE
    ordering = "seq"


class Entries(ListAPIView):
    """Django REST framework: a serializer of the model, a generic view, its pagination, its renderer."""

    serializer_class = EntrySerializer
    pagination_class = BySeq
    renderer_classes = [JSONRenderer]
    authentication_classes = permission_classes = []

    def get_queryset(self):
        return Publication.objects.using("public").filter(seq__gt=self.request.GET.get("after", 0))


class ShapedEntries(Entries):
    """The same with serializers all the way down."""

    serializer_class = ShapedSerializer


class EntrySchema(ModelSchema):
    document: dict | None

    class Meta:
        model = Publication
        fields = [name for name in FIELDS if name != "document"]

    @staticmethod
    def resolve_document(row):
        return json.loads(row.document) if row.document else None


api = NinjaAPI()


@api.get("/entries", response=list[EntrySchema])
def entries(request, after: int = 0):
    """django-ninja: a schema of the model, a list as the answer."""
    return Publication.objects.using("public").filter(seq__gt=after).order_by("seq")[:PAGE]


def by_hand(request):
    """A streaming view written by hand: rows of the queryset as they come, the stored text put in by orjson."""
    after = int(request.GET.get("after", 0))
    rows = Publication.objects.using("public").filter(seq__gt=after).order_by("seq").values(*FIELDS)
    return StreamingHttpResponse(map(line, rows.iterator(chunk_size=PAGE)), content_type="application/x-ndjson")


def line(row) -> bytes:
    document = row["document"]
    row["document"] = orjson.Fragment(document) if document else None
    row["published_at"] = format_moment(row["published_at"])
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


urlpatterns = [
    path("rest/entries", Entries.as_view()),
    path("rest/shaped", ShapedEntries.as_view()),
    path("ninja/", api.urls),
    path("orjson", by_hand),
]
