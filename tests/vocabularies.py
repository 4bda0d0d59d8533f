"""The terms of published vocabularies that the exports use, each list taken from the vocabulary's own, and JSON-LD
processing without a network: contexts are pinned here.

- schema.org, release 29.0: schemaorg-current-https-types.csv and -properties.csv, https://schema.org/docs/developers.html
- CiTO of 2026-06-22: https://sparontologies.github.io/cito/current/cito.html
- PROV-O, W3C Recommendation of 30 April 2013: https://www.w3.org/TR/prov-o/
- Web Annotation Vocabulary, W3C Recommendation of 23 February 2017: https://www.w3.org/TR/annotation-vocab/, and its
  context, http://www.w3.org/ns/anno.jsonld, of which the terms in use are copied as names
"""

from pyld import jsonld

from record.linked import vocabulary


def listed(names):
    return names.split()


SCHEMA_TYPES = listed("""
    Claim CreativeWork Dataset GovernmentOrganization NewsArticle NewsMediaOrganization Organization Person Place
    PostalAddress PropertyValue Question Quotation TextObject WebPage
""")
SCHEMA_PROPERTIES = listed("""
    about abstract address addressCountry alternateName appearance archivedAt author claimInterpreter creditText
    dateCreated dateModified datePublished dateline description encoding firstAppearance hasPart headline identifier
    inLanguage isBasedOn isPartOf license locationCreated mainEntityOfPage name ownershipFundingInfo propertyID
    publisher sameAs sha256 sourceOrganization subjectOf text translationOfWork url usageInfo value version
    workTranslation
""")
CITO_TERMS = listed("""
    Citation agreesWith disagreesWith discusses disputes hasCitationCharacterization hasCitedEntity hasCitingEntity
    qualifies supports
""")
PROV_TERMS = listed("Agent Entity wasAttributedTo wasDerivedFrom")

SCHEMA = "http://schema.org/"
PUBLISHED = {
    *(SCHEMA + name for name in (*SCHEMA_TYPES, *SCHEMA_PROPERTIES)),
    *("http://purl.org/spar/cito/" + name for name in CITO_TERMS),
    *("http://www.w3.org/ns/prov#" + name for name in PROV_TERMS),
}
OWN = {vocabulary.OWN + name for name in (*vocabulary.CLASSES, *vocabulary.VALUES, *vocabulary.LINKS)}

# schema.org's own context says this of the terms in use: https://schema.org/docs/jsonldcontext.json
SCHEMA_ORG_CONTEXT = {
    "@vocab": SCHEMA,
    **{name: {"@id": SCHEMA + name, "@type": "@id"} for name in ("sameAs", "url", "archivedAt", "mainEntityOfPage")},
    **{name: {"@id": SCHEMA + name, "@type": SCHEMA + "Date"} for name in ("dateCreated", "datePublished")},
}


def loader(**contexts):
    """A document loader that knows these contexts by address, and nothing else."""
    known = {"https://schema.org": {"@context": SCHEMA_ORG_CONTEXT}, **contexts}

    def load(url, options=None):
        return {"contextUrl": None, "documentUrl": url, "document": known[url], "contentType": "application/ld+json"}

    return load


def expanded(document, **contexts):
    """The document as a JSON-LD processor reads it."""
    return jsonld.expand(document, {"documentLoader": loader(**contexts)})


def terms_in(nodes):
    """Every class and property that expanded nodes use."""
    if isinstance(nodes, list):
        return set().union(*map(terms_in, nodes)) if nodes else set()
    if not isinstance(nodes, dict):
        return set()
    found = set(nodes.get("@type", ())) if "@value" not in nodes else set()
    for name, value in nodes.items():
        if not name.startswith("@"):
            found |= {name} | terms_in(value)
        elif name in ("@graph", "@list", "@set", "@included"):
            found |= terms_in(value)
    return found
