"""What the markup of a page says of its article, as plain values: fields of its head, JSON-LD, microdata, headings.

Nothing is judged here; `articles/reading/page_*.py` do that. The worker that reads pages imports this module
with no settings and no database, so that it needs lxml alone. Every list and every value has a limit, and each element
is looked at once: time is linear in the page.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

MAX_FIELDS = 400  # fields of the head; long pages of newspapers have 80
MAX_VALUE_LENGTH = 1000
MAX_SCRIPT_LENGTH = 1_000_000  # characters of JSON-LD, all scripts together
MAX_NODES = 300
MAX_HEADINGS = 60
MAX_TIMES = 60
MAX_STEPS_BELOW = 120  # starts and ends of elements below another whose words are joined
MAX_SCRIPTS = 100

# Properties of an article that are looked at, by what they are called in schema.org, and in hAtom and microformats 2.
_PROPERTIES = {
    "headline": "headline",
    "name": "name",
    "author": "author",
    "creator": "author",
    "datepublished": "published",
    "datecreated": "created",
    "datemodified": "modified",
    "url": "address",
    "mainentityofpage": "address",
}
_CLASSES = {
    "entry-title": "headline",
    "p-name": "headline",
    "published": "published",
    "dt-published": "published",
    "updated": "modified",
    "dt-updated": "modified",
    "author": "author",
    "p-author": "author",
}
_ARTICLE_TYPE = re.compile(r"(?:article|posting|report)$", re.IGNORECASE)
# Classes of what stands beside an article; a body "has-sidebar" and is none.
_BESIDE_THE_ARTICLE = re.compile(
    r"(?:comment|comments|comment-?list|comments?-(?:area|section)|related(?:-[\w-]+)?|sidebar|recommended|popular|login)"
)
_LINE_TAGS = frozenset({"br", "p", "div", "li"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_BESIDE_TAGS = frozenset({"aside", "nav", "footer"})
_BYLINE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:byline|author|auteur|autor|autore|yazar|author-?name|signature)(?:$|[-_ ])", re.IGNORECASE
)


@dataclass
class ArticleNode:
    """An article as the page describes it in `form`: "JSON-LD", "microdata" or "classes".

    An author is (name, whether it is a body).
    """

    form: str
    headline: str = ""
    name: str = ""
    authors: list[tuple[str, bool]] = field(default_factory=list)
    published: str = ""
    created: str = ""
    modified: str = ""
    language: str = ""
    publisher: str = ""
    addresses: list[str] = field(default_factory=list)


@dataclass
class Observations:
    """What the markup of one page says, in its order."""

    language: str = ""
    title: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)  # lower-case name or property, content
    canonical: str = ""
    nodes: list[ArticleNode] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)  # names of the site and of bodies in JSON-LD
    headings: list[tuple[int, str]] = field(default_factory=list)  # level, text
    times: list[tuple[str, str]] = field(default_factory=list)  # the instant in the attribute, the words shown
    bylines: list[str] = field(default_factory=list)  # what stands where the page shows who wrote it

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Observations":
        nodes = [ArticleNode(**node) for node in values["nodes"]]
        return cls(**{**values, "nodes": nodes})


def observe(tree: Any) -> dict[str, Any]:
    """The observations of a parsed page as values for JSON."""
    seen = Observations()
    scripts: list[str] = []
    _walk(tree, seen, scripts)
    for block in _parsed(scripts):
        _read_json_ld(block, seen)
    return asdict(seen)


# The tree


@dataclass
class _Scope:
    """An element that describes an article, or the page itself."""

    node: ArticleNode
    is_article: bool
    element: Any = None
    property: str = ""  # of the scope around, where this is its value


def _walk(tree: Any, seen: Observations, scripts: list[str]) -> None:
    items = [_Scope(ArticleNode("microdata"), is_article=True)]  # by microdata and RDFa
    posts = [_Scope(ArticleNode("classes"), is_article=True)]  # by hAtom, microformats and <article>
    beside: list[Any] = []
    for event, element in _events(tree):
        if event == "end":
            if beside and beside[-1] is element:
                beside.pop()
            for scopes in (items, posts):
                if len(scopes) > 1 and scopes[-1].element is element:
                    _close(scopes, seen)
            continue
        attributes = element.attrib
        names = attributes.get("class", "") + " " + attributes.get("id", "")
        tokens = names.lower().split()[:20]
        if element.tag in _BESIDE_TAGS or (element.tag != "body" and any(map(_BESIDE_THE_ARTICLE.fullmatch, tokens))):
            beside.append(element)
        _look_at_head(element, attributes, seen, scripts)
        _look_at_microdata(element, attributes, items)
        if beside:
            continue
        if element.tag == "article" or "hentry" in tokens or "h-entry" in tokens:
            posts.append(_Scope(ArticleNode("classes"), is_article=True, element=element))
        for token in tokens:
            if name := _CLASSES.get(token):
                _set(posts[-1].node, name, _value_of(element, attributes))
        if element.tag in _HEADINGS and len(seen.headings) < MAX_HEADINGS and (text := short_text(element)):
            if _links_home(element):
                seen.sites.append(text)
            else:
                seen.headings.append((int(element.tag[1]), text))
        if "entry-title" in tokens and element.tag not in _HEADINGS and (text := short_text(element)):
            seen.headings.append((2, text))
        instant = attributes.get("datetime", "") or (attributes.get("title", "") if element.tag == "abbr" else "")
        if instant and len(seen.times) < MAX_TIMES:
            seen.times.append((instant[:MAX_VALUE_LENGTH], short_text(element)))
        is_author = "author" in attributes.get("rel", "").lower().split() or _BYLINE_CLASS.search(names[:200])
        if is_author and len(seen.bylines) < MAX_TIMES and (text := short_text(element)):
            seen.bylines.append(text)
    for scopes in (items, posts):
        while len(scopes) > 1:
            _close(scopes, seen)
        seen.nodes += [scope.node for scope in scopes if _says_something(scope.node)]
    del seen.nodes[MAX_NODES:]


def _links_home(heading: Any) -> bool:
    """Whether a heading is a link to the front page: the name of the site, not of the article."""
    link = next(heading.iterchildren("a"), None)
    return (
        link is not None
        and re.fullmatch(r"(?:https?://[^/]{1,200})?/?(?:index\.\w{1,5})?", link.get("href", "x")[:300]) is not None
    )


def _events(tree: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if isinstance(element.tag, str):
            yield event, element


def _look_at_head(element: Any, attributes: Any, seen: Observations, scripts: list[str]) -> None:
    if element.tag == "html":
        seen.language = seen.language or (attributes.get("lang") or attributes.get("xml:lang") or "")[:60]
    elif element.tag == "title" and not seen.title:
        seen.title = short_text(element)
    elif element.tag == "meta" and len(seen.fields) < MAX_FIELDS:
        content = " ".join(attributes.get("content", "")[:MAX_VALUE_LENGTH].split())
        for attribute in ("name", "property", "http-equiv"):
            if content and attributes.get(attribute):
                seen.fields.append((attributes[attribute].lower()[:100], content))
    elif element.tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
        seen.canonical = seen.canonical or attributes.get("href", "")[:MAX_VALUE_LENGTH]
    elif element.tag == "script" and "ld+json" in attributes.get("type", "").lower() and len(scripts) < MAX_SCRIPTS:
        scripts.append((element.text or "")[: MAX_SCRIPT_LENGTH - sum(map(len, scripts))])


def _look_at_microdata(element: Any, attributes: Any, items: list[_Scope]) -> None:
    property_names = attributes.get("itemprop", "") or attributes.get("property", "") or attributes.get("rel", "")
    if element.tag in ("meta", "link") and not attributes.get("itemprop"):
        property_names = ""
    names = [_local_name(name) for name in property_names.split()[:10]]
    known = next((_PROPERTIES[name] for name in names if name in _PROPERTIES), "")
    is_rdfa = "typeof" in attributes
    if "itemscope" in attributes or is_rdfa:
        kind = attributes.get("itemtype", "") or attributes.get("typeof", "")
        is_article = any(_ARTICLE_TYPE.search(part) for part in kind.split())
        scope = _Scope(ArticleNode("microdata"), is_article, element, known)
        items.append(scope)
        if is_rdfa and "name" in names:  # RDFa: the element is a thing and prints its name
            scope.property = "author" if _is_below_author(element) else ""
            scope.node.name = short_text(element)
    elif known and not (attributes.get("rel") and not attributes.get("itemprop") and not attributes.get("property")):
        _set(items[-1].node, known, _value_of(element, attributes))


def _is_below_author(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and _local_name(parent.get("rel", "")) in ("author", "creator")


def _local_name(name: str) -> str:
    return re.split(r"[:/#]", name)[-1].lower()


def _close(scopes: list[_Scope], seen: Observations) -> None:
    scope = scopes.pop()
    if scope.property == "author":
        _set(scopes[-1].node, "author", scope.node.name)
    elif scope.is_article and _says_something(scope.node) and len(seen.nodes) < MAX_NODES:
        seen.nodes.append(scope.node)


def _says_something(node: ArticleNode) -> bool:
    return bool(node.headline or node.name or node.authors or node.published)


def _set(node: ArticleNode, name: str, value: str) -> None:
    if name == "author":
        if value and len(node.authors) < 20 and (value, False) not in node.authors:
            node.authors.append((value, False))
    elif name == "address":
        node.addresses = [*node.addresses, value][:5]
    elif not getattr(node, name):
        setattr(node, name, value)


def _value_of(element: Any, attributes: Any) -> str:
    for attribute in ("content", "datetime"):
        if attributes.get(attribute):
            return " ".join(attributes[attribute][:MAX_VALUE_LENGTH].split())
    if element.tag == "abbr" and attributes.get("title"):
        return str(attributes["title"])[:MAX_VALUE_LENGTH]
    if element.tag == "link":
        return str(attributes.get("href", ""))[:MAX_VALUE_LENGTH]
    return short_text(element)


def short_text(element: Any) -> str:
    """The first words below an element on one line; what is long is cut."""
    from lxml import etree

    parts, length = list[str](), 0
    for count, (event, node) in enumerate(etree.iterwalk(element, events=("start", "end", "comment", "pi"))):
        if event == "start":
            part = "" if node.tag in ("script", "style") else node.text or ""
            part = " " + part if node.tag in _LINE_TAGS else part
        else:
            part = "" if node is element else node.tail or ""
        parts.append(part[:MAX_VALUE_LENGTH])
        length += len(part)
        if length > MAX_VALUE_LENGTH or count > MAX_STEPS_BELOW:
            break
    return " ".join("".join(parts).split())[:500]


# JSON-LD


def _parsed(scripts: list[str]) -> Iterator[Any]:
    for script in scripts:
        text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", script.strip())
        for candidate in (text, re.sub(r",(?=\s{0,50}[}\]])", "", text)):
            try:
                yield json.loads(candidate, strict=False)
                break
            except (ValueError, RecursionError):
                continue


def _read_json_ld(block: Any, seen: Observations) -> None:
    """The articles that a block is about: at its top, in its graph, or its main entity; not those it lists or links."""
    things = list[dict]()
    waiting = deque([block])
    for _ in range(10 * MAX_NODES):
        if not waiting or len(things) >= MAX_NODES:
            break
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value[:MAX_NODES])
        elif isinstance(value, dict):
            things.append(value)
            waiting.extend(value[key] for key in ("@graph", "mainEntity") if isinstance(value.get(key), dict | list))
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str)}
    for thing in things:
        kinds = _texts(thing.get("@type"))
        if any(_ARTICLE_TYPE.search(kind) for kind in kinds) and len(seen.nodes) < MAX_NODES:
            seen.nodes.append(_article_node(thing, by_id))
        elif (
            any(re.search(r"(?:website|organization)$", kind, re.IGNORECASE) for kind in kinds) and len(seen.sites) < 20
        ):
            seen.sites += _texts(thing.get("name"))[:2]


def _article_node(thing: dict, by_id: dict[str, dict]) -> ArticleNode:
    def first(key: str) -> str:
        return next(iter(_texts(thing.get(key))), "")

    page = thing.get("mainEntityOfPage")
    addresses = [*_texts(thing.get("url")), *_texts(page), *(_texts(page.get("@id")) if isinstance(page, dict) else [])]
    return ArticleNode(
        "JSON-LD",
        headline=first("headline"),
        name=first("name"),
        authors=[*_people(thing.get("author") or thing.get("creator"), by_id)][:20],
        published=first("datePublished"),
        created=first("dateCreated"),
        modified=first("dateModified"),
        language=first("inLanguage"),
        publisher=next((name for name, _ in _people(thing.get("publisher"), by_id)), ""),
        addresses=addresses[:5],
    )


def _people(value: Any, by_id: dict[str, dict]) -> Iterator[tuple[str, bool]]:
    """(name, whether it is a body) of each author that a value names or points to."""
    for person in value[:50] if isinstance(value, list) else [value]:
        if isinstance(person, str | int):
            linked = by_id.get(str(person))
            person = linked or {"name": str(person)}
        if not isinstance(person, dict):
            continue
        if "name" not in person and isinstance(person.get("@id"), str):
            person = by_id.get(person["@id"], person)
        is_body = any(
            re.search(r"(?:organization|site|brand)$", kind, re.IGNORECASE) for kind in _texts(person.get("@type"))
        )
        for name in _texts(person.get("name")):
            yield name, is_body


def _texts(value: Any) -> list[str]:
    """What a value of JSON-LD says in words: itself, its parts, or what it wraps as @value."""
    found = list[str]()
    for part in value[:50] if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            part = part.get("@value")
        if isinstance(part, str | int) and not isinstance(part, bool):
            text = " ".join(str(part)[:MAX_VALUE_LENGTH].split())
            found += [text] if text else []
    return found
