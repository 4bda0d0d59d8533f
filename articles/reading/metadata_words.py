"""What fields of pages are called, and what stands in them that is no headline and no name: lists to be added to.

Names of fields: Open Graph (ogp.me), Dublin Core (RFC 5013 and the DCMI terms), Highwire's "citation_" tags as Google
Scholar reads them, and those of the services Parse.ly, Sailthru and BrightTALK that many sites carry.
"""

import re

from .patterns import word_set


def phrase_set(phrases: str) -> frozenset[str]:
    """Phrases between commas, without the space within them."""
    return frozenset("".join(phrase.split()) for phrase in phrases.split(","))


# Fields of the head, the surest first.

TITLE_FIELDS = (
    "og:title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
)
AUTHOR_FIELDS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "bt:author",
    "byl",
)
SURNAME_FIRST_FIELDS = word_set("citation_author dc.creator dcterms.creator")
PUBLISHED_FIELDS = word_set(
    """article:published_time article:published og:article:published_time datepublished pubdate publishdate publish-date
    publish_date publication_date publicationdate originalpublicationdate dc.date.issued dcterms.issued dc.issued
    dc.date.published citation_publication_date citation_online_date parsely-pub-date sailthru.date bt:pubdate
    article.published rnews:datepublished pub_date article_date_original cxenseparse:recs:publishtime"""
)
# These mean the day of publication on most pages and another day on some: proposed, never sure.
DATE_FIELDS = word_set("date dc.date dcterms.date dc.date.created dcterms.created citation_date article:created")
SITE_FIELDS = word_set(
    "og:site_name application-name dc.publisher dcterms.publisher citation_journal_title al:android:app_name"
)

# Titles of pages that say nothing of an article, folded.
GENERIC_TITLES = phrase_set(
    """home, home page, homepage, index, untitled, untitled document, new page, news, article, articles, blog, post,
    page, story, press release, press releases, latest news, breaking news, document, default, print, welcome,
    error, loading, null, undefined, start, startseite, accueil, inicio, главная, новости, 首页, 新闻"""
)

# What stands in place of a byline and names nobody, folded.
NO_BYLINES = phrase_set(
    """admin, administrator, superadmin, webadmin, sysadmin, webmaster, root, user, username, user name, password,
    login, log in, sign in, sign up, register, subscribe, follow, following, followers, share, print, save, author,
    authors, by, byline, unknown, anonymous, none, null, nil, undefined, n/a, na, default, test, guest, post author,
    about the author, view all posts, read more, more, comments, comment, reply, email, e-mail, your name, name,
    search, menu, home, facebook, twitter, linkedin, instagram, whatsapp, telegram, super user, superuser, site
    admin"""
)
# Words of which none stands in a name: it is a line about the time, or a button.
NOT_IN_BYLINES = re.compile(
    r"\b(?:updated?|modified|published|posted|ago|minutes?|hours?|follow|subscribe|copyright|password"
    r"|username|submitted|logged|account|обновлено|опубликовано|mis à jour|publié"
    r"|aktualisiert|veröffentlicht|actualizado|publicado"
    r"|güncelleme|yayınlanma)\b",
    re.IGNORECASE,
)

# What stands before the names.
BYLINE_LABEL = re.compile(
    r"(?:(?:text|story|words|written|posted|submitted|reported|reporting|article|analysis|opinion) )?by\b ?:?"
    r"|(?:von|par|por|av|af|door|di|de)\b(?-i:(?= [^\W\d_a-z]))|texte? ?:|autore?s? ?:|auteure?s? ?:|yazar ?:|author ?:"
    r"|(?:geschrieben|verfasst) von ?:?|autor(?:[/*:]in(?:nen)?|innen|en|in)? ?:"
    r"|автор(?:ы|и|лар)? ?:|текст ?:|作者 ?[:：]|記者 ?[:：]|记者 ?[:：]|文 ?[/:：]|기자 ?:",
    re.IGNORECASE,
)
# A line of the page that names its author after one of these labels, at its start or in a row of facts.
LABELLED_AUTHOR = re.compile(
    r"(?:^|[\s|·•　])(?:автор(?:ы|и)?|author|autor|auteur|作者|記者|记者|yazar)\s?[:：]\s?"
    r"(?P<names>[^|·•　:：\n]{2,60})",
    re.IGNORECASE,
)
# What stands between the parts of a byline, and the words between two names ("Ortega y Gasset" is one).
BETWEEN_PARTS = re.compile(r"\s*[;,、，]\s*")
BETWEEN_NAMES = re.compile(r"\s+(?:and|und|et|y|e|och|en|и|та|і|ve|&)\s+|^and\s+", re.IGNORECASE)
# A role after a name, as whole words.
ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|columnist|journalist|contributor|producer|analyst|photographer|staff|chief"
    r"|bureau|desk|redakteurin|redakteur|korrespondentin|korrespondent|journaliste|корреспондент|обозреватель)\b",
    re.IGNORECASE,
)
# A day, or the beginning of a role, after a name without a comma: "Ana Ruiz Senior Writer", "Ana Ruiz Tuesday".
DAY_AFTER_NAMES = re.compile(
    r"(?:[\s,]+(?:on\s)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?)$",
    re.IGNORECASE,
)
ROLE_BESIDE_NAME = re.compile(
    r"(?<=\w )(?<! and )(?<=[a-zß-ÿ] )(?:Senior|Staff|Special|Chief|National|Political|Foreign|Contributing|Associate"
    r"|Assistant|Deputy|Managing|Envoyée?s?)\s[A-Za-zß-ÿ ]{0,60}$"
)
STARTS_NO_NAME = re.compile(r"(?:in|on|at|for|from|to|about|with|under|filed|via)\s")
WITH_AGENCY = r"(?:with|avec|mit|con|com|med|met|/|и|and|,)"

# Labels of the day of publication and of that of a change, as pages print them.
PUBLISHED_LABEL = re.compile(
    r"\b(?:date published|first published|originally published|published|posted|issued|publication date"
    r"|publié|veröffentlicht|publicado|publicada|опубликовано|опубліковано|yayınlanma|pubblicato|publicerad"
    r"|입력|发布时间)\b",
    re.IGNORECASE,
)
CHANGED_LABEL = re.compile(
    r"\b(?:updated|modified|changed|revised|mis à jour|aktualisiert|actualizado|atualizado|обновлено|оновлено"
    r"|güncelleme|aggiornato|uppdaterad|수정|更新)\b",
    re.IGNORECASE,
)
