"""What people of the desk say to one another: comments on objects, what waits for whom, and how they are told."""

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class Comment(models.Model):
    """One remark on one object, for colleagues alone. `field` names the field that it is about, or is empty."""

    kind = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    field = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=2000)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["public_id", "-id"], name="comment_of_object")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="comment_has_text", violation_error_message="Write the comment."
            )
        ]

    def __str__(self) -> str:
        return self.text


class Notice(models.Model):
    """Something that waits for `user`, on one object. It is told once on the page “Mine”, and by mail at most once.

    It holds no words of the object: what is mailed cannot tell more than that there is something.
    """

    class Reason(models.TextChoices):
        MENTIONED = "mentioned", "mentions you"
        ASSIGNED = "assigned", "assigned this to you"
        SENT_BACK = "sent back", "sent this back to you"
        ANSWERED = "answered", "commented on what you work on"

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    kind = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_open", condition=Q(done_at=None)),
            models.Index(fields=["user"], name="notice_unmailed", condition=Q(mailed_at=None, done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.public_id}"


class MailChoice(models.Model):
    """When `user` is mailed that something waits. Without a row: at once."""

    class When(models.TextChoices):
        AT_ONCE = "at once", "at once"
        DIGEST = "digest", "once a day"
        NEVER = "never", "never"

    user = models.OneToOneField(USER, primary_key=True, on_delete=models.CASCADE, related_name="+")
    when = models.CharField(max_length=10, choices=When, default=When.AT_ONCE)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.when}"
