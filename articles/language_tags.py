"""Language tags in the one form in which they are kept: BCP 47 (RFC 5646), in its usual case. Pure functions."""

import re

# RFC 5646, section 2.1, without what no newspaper needs: extensions, private use and grandfathered tags. No language of
# more than three letters is registered, so that "english" is none.
_LANGUAGE_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.ASCII | re.IGNORECASE,
)
# The shortest code is the tag (section 2.2.1): codes of ISO 639-2 with their two letters in ISO 639-1, as in CLDR's
# aliases of languages (supplementalMetadata, 48), those of macrolanguages' parts left out.
_SHORTEST_CODES = """
    aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae aym:ay aze:az bak:ba
    bam:bm baq:eu bel:be ben:bn bis:bi bod:bo bos:bs bre:br bul:bg bur:my cat:ca ces:cs cha:ch che:ce chi:zh
    chu:cu chv:cv cor:kw cos:co cre:cr cym:cy cze:cs dan:da deu:de div:dv dut:nl dzo:dz ell:el eng:en epo:eo
    est:et eus:eu ewe:ee fao:fo fas:fa fij:fj fin:fi fra:fr fre:fr fry:fy ful:ff geo:ka ger:de gla:gd gle:ga
    glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi hmo:ho hrv:hr hun:hu hye:hy ibo:ig
    ice:is ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik isl:is ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks
    kat:ka kau:kr kaz:kk khm:km kik:ki kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv
    lim:li lin:ln lit:lt ltz:lb lub:lu lug:lg mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg mlt:mt
    mon:mn mri:mi msa:ms mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no nya:ny
    oci:oc oji:oj ori:or orm:om oss:os pan:pa per:fa pli:pi pol:pl por:pt pus:ps que:qu roh:rm ron:ro rum:ro
    run:rn rus:ru sag:sg san:sa sin:si slk:sk slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es
    sqi:sq srd:sc srp:sr ssw:ss sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tha:th tib:bo tir:ti
    ton:to tsn:tn tso:ts tuk:tk tur:tr uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo
    xho:xh yid:yi yor:yo zha:za zho:zh zul:zu
"""
_TWO_LETTERS = dict(pair.split(":") for pair in _SHORTEST_CODES.split())
# Withdrawn codes that browsers and old systems still write (IANA's registry: Preferred-Value).
_TWO_LETTERS |= {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "xx"})


def canonical_language(tag: str) -> str:
    """`tag` as BCP 47 writes it ("kk-cyrl" and "kaz_Cyrl" are kk-Cyrl), or "" if it is no tag of a language."""
    match = _LANGUAGE_TAG.fullmatch(tag.strip().replace("_", "-")[:35])
    if not match or match["language"].lower() in _NO_LANGUAGE:
        return ""
    language = match["language"].lower()
    parts = [_TWO_LETTERS.get(language, language)]
    parts += [match["script"].title()] if match["script"] else []
    parts += [match["region"].upper()] if match["region"] else []
    return "-".join(parts) + match["variants"].lower()
