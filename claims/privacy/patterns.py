"""What a recorded name is looked for by: whole, and word by word with every form of each word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from language.names.folded_words import UNSPACED, Words, fold_word, is_arabic, is_cyrillic, is_han, is_hangul

from . import transcription
from .declension import arabic_bases, arabic_letters, base_forms, forms_of
from .name_context import Neighbourhood
from .vocabulary import is_common, is_given_name, is_title, other_given_names, words_of_list

EXACT, FORM, SOUND = 0, 1, 2  # how a word of a text is like a word of a name: the lower, the nearer
MIN_SOUND_LENGTH = 4  # letters of a sound by which a word is found
PARTICLES = words_of_list("particles")
_PATRONYMIC = re.compile("(?:[oe]vich|ich|[oe]vna|ichna|inichna|u(?:l|gh)[yi]|[kq][yi]z[yi]|oglu|ogl[yi]|zade)$")
_COMPOUND_SURNAMES = words_of_list("compound_surnames")
# Traditional characters of names -> simplified ones.
_SIMPLIFIED_CHARACTERS = str.maketrans(
    "歐張陳劉黃吳趙孫馬羅鄭謝許馮蕭韓鄧葉蔣蘇盧賈鍾陸閻韋鄒譚廖龍萬錢湯尹黎賀顧龔邵嚴魯莊葛項蘭齊倪喬賴溫紀應童顏翁潘閔"
    "偉麗華國強軍傑勇艷濤靜鵬慶飛紅寶蓮龍鳳玲燕鑫輝剛義興榮貴東長學愛樂雲蘭貞憲銘維藝詩語夢瑤婭鈺鋼銳鋒鐵鎮錦鑒閃問聞開關"
    "陽陰隊際難雙雜電霧靈韻頌領頻風養馴駿魚鮮鳴鴻鵑鷹麥黨齡澤濟灣滿漢潔為煒煥爾獻瑪環瑩產畫畢發盛監盤礎禮禪種積穎穩窮競節"
    "範簡糧約純紋綠綱網緒緯練縣總績繼續羣聖聰聲職聯聽肅腦膽臨舉舊藍藥蘊處號衛裝見視覺觀計訓記設許評試該誠認誼調請論證識議護"
    "讀變讓貝財責貨質費資賢賓賞賴贊趕躍車輕載較輪轉輸辦農運過達遠適選遺鄉鄰釋針釗鈞",
    "欧张陈刘黄吴赵孙马罗郑谢许冯萧韩邓叶蒋苏卢贾钟陆阎韦邹谭廖龙万钱汤尹黎贺顾龚邵严鲁庄葛项兰齐倪乔赖温纪应童颜翁潘闵"
    "伟丽华国强军杰勇艳涛静鹏庆飞红宝莲龙凤玲燕鑫辉刚义兴荣贵东长学爱乐云兰贞宪铭维艺诗语梦瑶娅钰钢锐锋铁镇锦鉴闪问闻开关"
    "阳阴队际难双杂电雾灵韵颂领频风养驯骏鱼鲜鸣鸿鹃鹰麦党龄泽济湾满汉洁为炜焕尔献玛环莹产画毕发盛监盘础礼禅种积颖稳穷竞节"
    "范简粮约纯纹绿纲网绪纬练县总绩继续群圣聪声职联听肃脑胆临举旧蓝药蕴处号卫装见视觉观计训记设许评试该诚认谊调请论证识议护"
    "读变让贝财责货质费资贤宾赏赖赞赶跃车轻载较轮转输办农运过达远适选遗乡邻释针钊钧",
)


@dataclass(frozen=True)
class Person:
    """Whose name is withheld: the label, every recorded name, and the folds of words by which they were printed.

    `phrases` are looked for as they stand, and no part of them. Of what is no person, such as an organisation, whole
    names alone are looked for.
    """

    label: str
    names: tuple[str, ...]
    printed: frozenset[str] = frozenset()
    is_person: bool = True
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slot:
    """One word of a name with all by which it is found: `keys` are pairs of a key and how near it is."""

    word: str
    fold: str
    keys: tuple[tuple[str, int], ...]
    is_common: bool
    given: bool
    patronymic: bool


@dataclass(frozen=True)
class Pattern:
    """One recorded name: `folds` of the whole of it, `slots` of its words."""

    name: str
    folds: frozenset[str]
    slots: tuple[Slot, ...]
    is_common: bool  # all of its words have a meaning of their own
    characters: str = ""  # of a name in Chinese or Korean, in simplified characters
    surname: str = ""
    korean: tuple[str, ...] = field(default=())

    @property
    def required_slots(self) -> frozenset[int]:
        """The slots without which the name is not whole."""
        own = [number for number, slot in enumerate(self.slots) if not slot.patronymic]
        return frozenset(own if len(own) > 1 else range(len(self.slots)))


def simplify_characters(text: str) -> str:
    """`text` with simplified characters where its names have traditional ones; every sign keeps its place."""
    return text.translate(_SIMPLIFIED_CHARACTERS)


def characters_of(name: str) -> str:
    """The Chinese or Korean characters of a name alone, in simplified ones."""
    return simplify_characters(re.sub(f"[^{UNSPACED}]", "", name))


@lru_cache(maxsize=20_000)
def pattern_of(name: str) -> Pattern:
    """What a recorded name is looked for by."""
    if (is_han(name) or is_hangul(name)) and not re.search("[A-Za-z]", name):
        return _character_pattern(name)
    words = _name_words(name)
    glued = dict(_apostrophe_words(name))
    slots = tuple(_slot(word, len(words), place == 0, glued.get(word, "")) for place, word in enumerate(words))
    folds = _whole_name_folds(Words(name).folds) | (
        _whole_name_folds([slot.fold for slot in slots]) if slots else set()
    )
    common = bool(slots) and all(slot.is_common for slot in slots)
    return Pattern(name, frozenset(folds), slots, common, korean=tuple(_korean_keys(words)))


def _name_words(name: str) -> list[str]:
    """The words of a name that name: no titles, no particles, no small words ("of the ministry")."""
    chunks = name.split()
    if any(chunk != chunk.lower() for chunk in chunks):
        chunks = [chunk for chunk in chunks if chunk != chunk.lower() or chunk == chunk.upper()]
    words = [word for chunk in chunks for word in Words(chunk).words]
    words = [word for word in words if fold_word(word) not in PARTICLES or len(words) < 3]
    while len(words) > 1 and is_title(fold_word(words[0])):
        words = words[1:]
    bare = [word for word in words if len(fold_word(word)) > 1 and arabic_letters(word) not in PARTICLES]
    return bare or words


def _whole_name_folds(folds: Iterable[str]) -> set[str]:
    """The whole name as one word: in order, and with its last word or its first at the other end."""
    folds = list(folds)
    turned = (folds, folds[-1:] + folds[:-1], folds[1:] + folds[:1])
    return {"".join(order)[:300] for order in turned} - {""}


def _apostrophe_words(name: str) -> Iterable[tuple[str, str]]:
    """Words that an apostrophe joins to a letter before, as in O'Hara, with both as one word."""
    for match in re.finditer(r"\b(?P<letter>[^\W\d_])['’ʼ`´ ] ?(?P<word>[^\W\d_]{2,})", name):
        yield match["word"], match["letter"] + match["word"]


@lru_cache(maxsize=50_000)
def _slot(word: str, beside: int, first: bool, glued: str) -> Slot:
    folded = fold_word(word)
    keys = {f"={folded}": EXACT}
    keys |= {f"={form}": FORM for form in forms_of(word) if form != folded and len(form) > 1}
    keys |= {f"={fold_word(glued)}": EXACT} if glued else {}
    if beside > 1 and first:
        for other in other_given_names(word):
            keys |= {f"~{sound}": SOUND for sound in transcription.keys_of(other)}
            keys |= {f"={fold_word(other)}": SOUND} if f"={fold_word(other)}" not in keys else {}
            keys |= {f"={form}": SOUND for form in forms_of(other) if is_cyrillic(other) and f"={form}" not in keys}
    if is_arabic(word):
        base = arabic_bases(word)
        keys |= {f"ar{arabic_letters(word)}": EXACT}
        keys |= {f"ar{form}": FORM for form in base if len(form) > 2 and f"ar{form}" not in keys}
        bare = re.sub("^ال(?=..)", "", arabic_letters(word))
        if len(skeleton := transcription.arabic_skeleton(bare)) > 1:
            keys[f"sk{skeleton}"] = SOUND
    else:
        sounds = set(transcription.keys_of_name(word))
        if not is_cyrillic(word):
            # Of a name that is known in Latin letters, its cases in Cyrillic ones.
            cases = transcription.cases_of_name(word)
            keys |= {f"cy{sound}": SOUND for sound in cases | sounds if len(sound) > 2}
            for skeleton, _ in transcription.latin_skeletons(word):
                if len(skeleton) > 1:
                    keys[f"la{skeleton}"] = SOUND
        keys |= {f"~{sound}": SOUND for sound in sounds if len(sound) > 2}
    patronymic = beside > 2 and bool(_PATRONYMIC.search(folded))
    return Slot(word, folded, tuple(keys.items()), is_common(word), is_given_name(word), patronymic)


def _character_pattern(name: str) -> Pattern:
    plain = characters_of(name)
    folds = Words(plain).folds
    surname = 2 if plain[:2] in _COMPOUND_SURNAMES and len(plain) > 2 else 1
    family, given = "".join(folds[:surname]), "".join(folds[surname:])
    slots: tuple[Slot, ...] = ()
    korean: tuple[str, ...] = ()
    if given and len(plain) < 5:
        slots = (_character_slot(plain[:surname], family, True), _character_slot(plain[surname:], given, False))
        if is_hangul(plain):
            korean = (transcription.korean_key(transcription.korean_surname(family) or family, given),)
    whole = frozenset({"".join(folds), given + family} - {""})
    return Pattern(name, whole, slots, False, plain, plain[:surname] if slots else "", korean)


def _character_slot(characters: str, folded: str, family: bool) -> Slot:
    keys = {f"={folded}": EXACT}
    if is_hangul(characters) and family:
        keys |= {f"={latin}": SOUND for latin in transcription.korean_spellings(folded) if latin != folded}
    return Slot(characters, folded, tuple(keys.items()), True, False, False)


def _korean_keys(words: list[str]) -> Iterable[str]:
    """The keys of a name in Latin letters whose first or last word is a surname of Korea."""
    if not 1 < len(words) < 4 or not all(word.isascii() for word in words):
        return
    for family, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        if surname := transcription.korean_surname(family):
            yield transcription.korean_key(surname, "".join(given))


def printed_words(names: Iterable[str], texts: Iterable[tuple[str, bool]]) -> frozenset[str]:
    """The folds of single words of `names` by which somebody was printed.

    `texts` are names as printed (True) and words of passages (False). A given name that many people have counts only
    where it was printed alone, and a word that means something else only where it was printed as a name.
    """
    known = {slot.fold for name in names for slot in pattern_of(name).slots if len(slot.fold) > 2}
    found = set()
    for text, is_name in texts:
        words = Words(text)
        naming = [word for word in words.words if not is_title(fold_word(word))]
        for number, word in enumerate(words.words):
            folds = {words.folds[number], *base_forms(word)} & known
            if not folds or (is_given_name(word) and not (is_name and len(naming) == 1)):
                continue
            if is_common(word) and not is_name and not Neighbourhood(words, number, number).is_name(printed=True):
                continue
            found |= folds
    return frozenset(found)


@lru_cache(maxsize=100_000)
def keys_of(word: str) -> tuple[tuple[str, int], ...]:
    """The keys by which a word of a text may meet a word of a name."""
    if is_han(word) or is_hangul(word):
        return ()
    folded = fold_word(word)
    keys = {f"={folded}": EXACT}
    keys |= {f"={form}": FORM for form in base_forms(word) if f"={form}" not in keys}
    if is_arabic(word):
        plain, *others = arabic_bases(word) or [word]
        keys |= {f"ar{plain}": EXACT} | {f"ar{form}": FORM for form in others}
        keys |= {f"la{transcription.arabic_skeleton(base)}": SOUND for base in (plain, *others)}
    elif len(folded) > 2:
        keys |= {f"~{sound}": SOUND for sound in transcription.keys_of(word)}
        keys |= {f"cy{sound}": SOUND for sound in transcription.keys_of(word)} if is_cyrillic(word) else {}
        keys |= {f"~{sound}": SOUND for form in base_forms(word) for sound in transcription.keys_of(form)}
        keys |= {f"sk{skeleton}": SOUND for skeleton, _ in transcription.latin_skeletons(word) if len(skeleton) > 1}
    return tuple(keys.items())


@lru_cache(maxsize=50_000)
def is_transcription(own: str, word: str) -> bool:
    """Whether one of two words in Arabic and Latin letters can be a transcription of the other."""
    arabic, latin = (own, word) if is_arabic(own) else (word, own)
    if not is_arabic(arabic):
        return False
    bases = {re.sub("^ال(?=..)", "", base) for base in arabic_bases(arabic)}
    spelt = [sound for _, sound in transcription.latin_skeletons(latin)]
    return any(transcription.can_spell_arabic(base, sound) for base in bases for sound in spelt if len(base) > 1)
