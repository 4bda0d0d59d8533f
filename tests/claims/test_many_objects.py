"""What is published together by the thousand is read in one go."""

import pytest
from django.db.models import prefetch_related_objects

from claims.models import Claim, Question, Stance

pytestmark = pytest.mark.django_db


def test_what_more_than_a_thousand_objects_name_is_read_at_once():
    question = Question.objects.create(title="How many?", slug="how-many")
    claims = [Claim(question=question, text=f"Claim {number}", slug=f"claim-{number}") for number in range(1100)]
    claims = Claim.objects.bulk_create(claims)
    stances = [Stance(claim_id=claim.pk) for claim in claims]
    prefetch_related_objects(stances, "claim")
    assert [stance.claim for stance in stances] == claims
