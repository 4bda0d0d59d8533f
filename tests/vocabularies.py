"""The terms of published vocabularies that the exports use, each list taken from the vocabulary's own, and JSON-LD
processing without a network: contexts are pinned here.

- schema.org, release 29.0: schemaorg-current-https-types.csv and -properties.csv, https://schema.org/docs/developers.html
- CiTO of 2026-06-22: https://sparontologies.github.io/cito/current/cito.html
- PROV-O, W3C Recommendation of 30 April 2013: https://www.w3.org/TR/prov-o/
- Web Annotation Vocabulary, W3C Recommendation of 23 February 2017: https://www.w3.org/TR/annotation-vocab/, and its
  context, http://www.w3.org/ns/anno.jsonld, of which the terms in use are copied as names
"""

from pyld import jsonld

from record.linked_data import terms


def listed(names):
    return names.split()


SCHEMA_TYPES = listed("""
    Claim CreativeWork Dataset GovernmentOrganization NewsArticle NewsMediaOrganization Organization Person Place
    PostalAddress PropertyValue Question Quotation TextObject Thing WebPage
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
OWN = {terms.OWN_NAMESPACE + name for name in (*terms.CLASSES, *terms.VALUES, *terms.LINKS)}

# schema.org's own context says this of the terms in use: https://schema.org/docs/jsonldcontext.json
SCHEMA_ORG_CONTEXT = {
    "@vocab": SCHEMA,
    **{name: {"@id": SCHEMA + name, "@type": "@id"} for name in ("sameAs", "url", "archivedAt", "mainEntityOfPage")},
    **{name: {"@id": SCHEMA + name, "@type": SCHEMA + "Date"} for name in ("dateCreated", "datePublished")},
}

OA, AS, DC = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/"
RDF, XSD = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2001/XMLSchema#"
ANNOTATION_CONTEXT = {
    "id": "@id",
    "type": "@type",
    **{
        name: OA + name
        for name in listed("Annotation SpecificResource TextQuoteSelector TextPositionSelector TextualBody TimeState")
    },
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "Software": AS + "Application",
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    **{name: {"@id": AS + name, "@type": "@id"} for name in ("first", "last", "next", "partOf", "generator")},
    "startIndex": {"@id": AS + "startIndex", "@type": XSD + "nonNegativeInteger"},
    "total": {"@id": AS + "totalItems", "@type": XSD + "nonNegativeInteger"},
    "body": {"@id": OA + "hasBody", "@type": "@id"},
    "target": {"@id": OA + "hasTarget", "@type": "@id"},
    "source": {"@id": OA + "hasSource", "@type": "@id"},
    "selector": {"@id": OA + "hasSelector", "@type": "@id"},
    "state": {"@id": OA + "hasState", "@type": "@id"},
    "cached": {"@id": OA + "cachedSource", "@type": "@id"},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    **{name: OA + name for name in listed("describing linking tagging exact prefix suffix start end sourceDate")},
    "format": DC + "format",
    "rights": {"@id": DC + "rights", "@type": "@id"},
    "modified": {"@id": DC + "modified", "@type": XSD + "dateTime"},
    "generated": {"@id": DC + "issued", "@type": XSD + "dateTime"},
    "value": RDF + "value",
    "name": "http://xmlns.com/foaf/0.1/name",
    "homepage": {"@id": "http://xmlns.com/foaf/0.1/homepage", "@type": "@id"},
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
}
ANNOTATION = {term if isinstance(term, str) else term["@id"] for term in ANNOTATION_CONTEXT.values()}


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
