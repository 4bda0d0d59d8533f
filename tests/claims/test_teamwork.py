"""Comments with mentions, due dates, what was sent back and where, and mail that tells that something waits."""

from datetime import date
from smtplib import SMTPRecipientsRefused

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from claims.changes import Refusal, add_actor
from claims.changes.batch import NOBODY, RequestedChange, assign
from claims.changes.comments_and_notices import comment_on, notify, settle_comment
from claims.models import Assignment, Comment, MailChoice, Notice
from claims.publishing import send_back, submit
from tests.cast import member_of
from tests.desk import matter
from tests.withheld import NAME, reader_of, told_by, withheld_source

pytestmark = pytest.mark.django_db
MAILING = {"SENDS_MAIL": True, "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}


def test_a_mention_waits_for_who_is_meant_until_they_have_seen_it(client, editor, reviewer):
    made = matter(editor)
    client.force_login(editor)
    page = f"/admin/claims/claim/{made.claim.pk}/change/"
    told = {"text": f"Is this the number, @{reviewer.username}? <b>"}
    answer = client.post(f"/admin/comment/{made.claim.public_id}/", told, follow=True)
    assert answer.request["PATH_INFO"] == page
    assert "Is this the number" in answer.content.decode() and "<b>" not in answer.content.decode()
    theirs = Client()
    theirs.force_login(reviewer)
    mine = theirs.get("/admin/mine/").content.decode()
    assert f"{made.claim}" in mine and "mentions you" in mine and "Is this the number" not in mine
    theirs.post("/admin/mine/", {"seen": "1", "notice": str(Notice.objects.get(user=reviewer).pk)})
    assert "Nothing new" in theirs.get("/admin/mine/").content.decode()
    with pytest.raises(Refusal, match="Nobody at the desk is called @nemo"):
        comment_on(made.claim, "@nemo?", by=editor)
    assert (
        "Write the comment" in client.post(f"/admin/comment/{made.claim.public_id}/", {}, follow=True).content.decode()
    )
    comment = Comment.objects.get()
    client.post(f"/admin/comment/{comment.pk}/settled/")
    comment.refresh_from_db()
    assert comment.settled_by == editor
    assert "settled" in client.get(page).content.decode()
    assert client.post("/admin/comment/000000000000/", told).status_code == 404


def test_work_has_a_day_and_what_is_sent_back_says_where(client, editor, reviewer):
    made = matter(editor)
    assign([RequestedChange(made.claim, editor, NOBODY)], by=reviewer)
    theirs = Client()
    theirs.force_login(reviewer)
    theirs.post(f"/admin/due/{made.claim.public_id}/", {"due": "2021-05-03"})
    assert Assignment.objects.get().due == date(2021, 5, 3)
    assert (
        "Write the day"
        in theirs.post(f"/admin/due/{made.claim.public_id}/", {"due": "soon"}, follow=True).content.decode()
    )
    assert (
        "assign it first"
        in theirs.post(f"/admin/due/{made.question.public_id}/", {"due": "2021-05-03"}, follow=True).content.decode()
    )
    submit([made.claim], by=editor)
    address = f"/admin/claims/release/action/send-back/?of={made.claim.public_id}"
    assert 'name="field"' in theirs.get(address).content.decode()
    theirs.post(address, {"of": made.claim.public_id, "word": "Say <i>whose</i> number", "field": "text"})
    client.force_login(editor)
    mine = client.get("/admin/mine/").content.decode()
    for words in (
        "asked by ravi",
        "overdue since",
        "2021-05-03",
        "Sent back to you",
        "sent this back to you",
        "assigned this to you",
    ):
        assert words in mine
    page = client.get(f"/admin/claims/claim/{made.claim.pk}/change/")
    form = page.context["adminform"].form
    assert form.fields["text"].help_text.startswith("To change: Say &lt;i&gt;whose")
    assert "<i>" not in page.content.decode()


def test_a_new_actor_that_looks_like_one_we_have_is_offered_to_be_merged(client, editor):
    made = matter(editor)
    twin = add_actor(name="Асель Бек", kind="person", by=editor)
    stranger = add_actor(name="Bolot Adan", kind="person", by=editor)
    client.force_login(editor)
    page = client.get(f"/admin/claims/actor/{twin.pk}/change/").content.decode()
    assert f"?of={made.farmer.public_id}&amp;of={twin.public_id}" in page
    assert "Perhaps recorded already" not in client.get(f"/admin/claims/actor/{stranger.pk}/change/").content.decode()


def test_mail_tells_that_something_waits_and_nothing_else(editor, reviewer):
    made = matter(editor)
    editor.email, reviewer.email = "editor@press.example", "reviewer@press.example"
    editor.save()
    reviewer.save()
    other = member_of("editor", "without-address")
    MailChoice.objects.create(user=reviewer, when="digest")
    for user in (editor, reviewer, other):
        notify([user], Notice.Reason.MENTIONED, made.claim, by=member_of("editor", f"author-{user.pk}"))
    call_command("send_mail")
    assert mail.outbox == [] and not Notice.objects.exclude(mailed_at=None).exists()
    with override_settings(**MAILING):
        call_command("send_mail", "--desk", "https://desk.example")
        [letter] = mail.outbox
        assert letter.to == ["editor@press.example"]
        assert letter.body == "Something waits for you:\n\nhttps://desk.example/admin/mine/\n"
        assert letter.subject == "Something waits for you at the desk"
        call_command("send_mail")
        assert len(mail.outbox) == 1
        call_command("send_mail", "--digest")
        assert [each.to for each in mail.outbox[1:]] == [["reviewer@press.example"]]
        with override_settings(EMAIL_BACKEND="tests.claims.test_teamwork.BrokenBackend"):
            notify([editor], Notice.Reason.SENT_BACK, made.claim, by=reviewer)
            notify([reviewer], Notice.Reason.SENT_BACK, made.claim, by=editor)
            BrokenBackend.tries = 0
            with pytest.raises(CommandError, match="took 0 and then no more: no route"):
                call_command("send_mail", "--digest")
            assert BrokenBackend.tries == 1
        for user in (editor, reviewer):
            assert Notice.objects.filter(user=user, mailed_at=None).count() == 1


class BrokenBackend:
    """A mail server that nobody reaches."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        BrokenBackend.tries += 1
        raise OSError("no route")


class ParticularBackend:
    """A mail server that refuses one address."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, letters):
        if letters[0].to == ["editor@press.example"]:
            raise SMTPRecipientsRefused({"editor@press.example": (550, b"No such user")})
        with override_settings(EMAIL_BACKEND=MAILING["EMAIL_BACKEND"]):
            mail.get_connection().send_messages(letters)


def test_an_address_that_is_refused_keeps_nobody_else_from_mail(editor, reviewer, caplog):
    made = matter(editor)
    editor.email, reviewer.email = "editor@press.example", "reviewer@press.example"
    editor.save()
    reviewer.save()
    notify([editor, reviewer], Notice.Reason.MENTIONED, made.claim, by=member_of("editor", "author"))
    with override_settings(SENDS_MAIL=True, EMAIL_BACKEND="tests.claims.test_teamwork.ParticularBackend"):
        call_command("send_mail")
    assert [letter.to for letter in mail.outbox] == [["reviewer@press.example"]]
    assert f"account {editor.pk}" in caplog.text and "press.example" not in caplog.text
    assert Notice.objects.get(mailed_at=None).user == editor


class TwiceBackend:
    """A slow mail server: while it takes the mail, another run of the command begins."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, letters):
        with override_settings(EMAIL_BACKEND=MAILING["EMAIL_BACKEND"]):
            call_command("send_mail")
            mail.get_connection().send_messages(letters)


def test_two_runs_at_once_mail_once(editor, reviewer):
    editor.email = "editor@press.example"
    editor.save()
    notify([editor], Notice.Reason.MENTIONED, matter(editor).claim, by=reviewer)
    with override_settings(SENDS_MAIL=True, EMAIL_BACKEND="tests.claims.test_teamwork.TwiceBackend"):
        call_command("send_mail")
    assert len(mail.outbox) == 1


class KilledBackend:
    """A process that is killed when the mail server has taken the mail, before it has noted that."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, letters):
        with override_settings(EMAIL_BACKEND=MAILING["EMAIL_BACKEND"]):
            mail.get_connection().send_messages(letters)
        raise SystemExit


def test_a_run_that_is_killed_mails_again_and_never_not_at_all(editor, reviewer):
    editor.email = "editor@press.example"
    editor.save()
    notify([editor], Notice.Reason.MENTIONED, matter(editor).claim, by=reviewer)
    killed = override_settings(SENDS_MAIL=True, EMAIL_BACKEND="tests.claims.test_teamwork.KilledBackend")
    with killed, pytest.raises(SystemExit):
        call_command("send_mail")
    with override_settings(**MAILING):
        call_command("send_mail")
        call_command("send_mail")
    assert [letter.to for letter in mail.outbox] == [["editor@press.example"]] * 2


def test_what_came_after_the_page_was_opened_goes_on_waiting(client, editor, reviewer):
    made = matter(editor)
    notify([reviewer], Notice.Reason.MENTIONED, made.claim, by=editor)
    client.force_login(reviewer)
    shown = client.get("/admin/mine/").context["shown"]
    notify([reviewer], Notice.Reason.MENTIONED, made.question, by=editor)
    client.post("/admin/mine/", {"seen": "1", "notice": [*shown, "x", "9" * 40]})
    assert [notice.public_id for notice in Notice.objects.filter(done_at=None)] == [made.question.public_id]


def test_an_open_comment_is_shown_however_many_were_settled_since(client, editor):
    made = matter(editor)
    comment_on(made.claim, "What of the valley?", by=editor)
    for number in range(31):
        settle_comment(comment_on(made.claim, f"Remark {number}", by=editor), by=editor)
    client.force_login(editor)
    page = client.get(f"/admin/claims/claim/{made.claim.pk}/change/").content.decode()
    assert "What of the valley?" in page and "Remark 30" in page and "Remark 0<" not in page


def test_who_may_only_look_settles_nothing(client, editor):
    comment = comment_on(matter(editor).claim, "What of the valley?", by=editor)
    guest = User.objects.create_user("guest", is_staff=True)
    guest.user_permissions.add(Permission.objects.get(codename="view_claim"))
    client.force_login(guest)
    assert client.post(f"/admin/comment/{comment.pk}/settled/").status_code == 403
    assert not Comment.objects.exclude(settled_at=None).exists()


def test_a_withheld_name_in_a_comment_or_a_note_reaches_only_who_may_read_it(editor):
    source = withheld_source(editor)
    told = source.told
    other = member_of("reviewer", "other")
    other.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    client = reader_of("reviewer", named=False)
    reader = User.objects.get(pk=client.session["_auth_user_id"])
    reader.email = "reader@press.example"
    reader.save()
    submit([told], by=reader, note="Mine.")
    send_back([told], by=other, note=f"Ask {NAME} again, @{reader.username}", field="summary")
    comment_on(told, f"{NAME} called, @{reader.username}", by=other)
    for address in ("/admin/mine/", f"/admin/claims/statement/{told.pk}/change/", "/admin/claims/release/?show=all"):
        page = client.get(address)
        assert page.status_code == 200 and not told_by(page), address
    assert "Sent back to you" in client.get("/admin/mine/").content.decode()
    with override_settings(**MAILING):
        call_command("send_mail", "--digest")
    assert mail.outbox and not any(NAME in str(letter.message()) for letter in mail.outbox)
