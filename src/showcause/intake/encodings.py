"""Bytes of text in, of which no mark says in what encoding they are; the likeliest encoding out.

Each candidate is tried, and what it gives is held against the alphabets of the languages that are written in it: how
many of the signs beyond ASCII are letters of one language, how many of them are its frequent ones, and how often a
small letter is followed by a capital within a word, as no language has it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_SAMPLE = 4_096  # bytes beyond ASCII that settle it
_LEAST = 0.5  # of a score, below which a guess is none
_TYPESET = set("“”‘’„‚–—…§°«»‹›€£©®™·•¿¡½¼¾²³±×\u00a0\u00ad№，。、；：？！（）「」『』《》・ー々〜～")
_ABUT = set("’·\u00ad")  # what may stand between two letters


@dataclass(frozen=True, slots=True)
class _Tongue:
    """A language: the encodings it is written in, the likelier first, its letters beyond ASCII, the frequent of them."""

    encodings: tuple[str, ...]
    letters: frozenset[str]
    frequent: frozenset[str]


def _tongue(encodings: str, letters: str, frequent: str = "") -> _Tongue:
    return _Tongue(tuple(encodings.split()), frozenset(letters), frozenset(frequent or letters))


_WEST = "cp1252 mac-roman cp850"
_EAST = "cp1250 iso8859-2 cp852"
_CYRILLIC = "cp1251 koi8-u koi8-r iso8859-5 cp866 mac-cyrillic"
_SINGLE = (
    _tongue(_WEST, "äöüß"),
    _tongue(_WEST, "àâæçéèêëîïôœùûüÿ", "éèàêç"),
    _tongue(_WEST, "áéíñóúü"),
    _tongue(_WEST, "ãõáâàçéêíóôúü"),
    _tongue(_WEST, "àèéìíîòóùú"),
    _tongue(_WEST, "åäöéü"),
    _tongue(_WEST, "æøåéòô"),
    _tongue(_WEST, "áéíóúýðþæö"),
    _tongue(_WEST, "áéèëïíóöüúç"),
    _tongue(_EAST, "ąćęłńóśźż"),
    _tongue(_EAST, "áčďéěíňóřšťúůýžľĺŕôä", "áéíěščřžýů"),
    _tongue(_EAST, "áéíóöőúüű"),
    _tongue(_EAST, "ăâîşţ"),
    _tongue(_EAST, "čćđšž"),
    _tongue("cp1254 iso8859-9 cp857", "çğıöşüâîûi̇"),
    _tongue("cp1257 iso8859-13", "ąčęėįšųūž"),
    _tongue("cp1257 iso8859-13", "āčēģīķļņšūž"),
    _tongue("cp1257 cp1252", "äõöüšž"),
    _tongue(_CYRILLIC, "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвлкмдпуяыь"),
    _tongue(_CYRILLIC, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "оаинтверсікулмдпзьяб"),
    _tongue(_CYRILLIC, "абвгдежзийклмнопрстуфхцчшщъьюя", "аиоетнрсвлдкпзъмягу"),
    _tongue("cp1251 iso8859-5", "абвгдђежзијклљмнњопрстћуфхцчџш", "аоиенрстјувкдмлпзгбњ"),
    _tongue("cp1253 iso8859-7 cp737", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", "αοιετσνηυρπκςλμάί"),
    _tongue("cp1255 iso8859-8 cp862", "אבגדהוזחטיךכלםמןנסעףפץצקרשת", "יוהלאתרמבשנדחםעק"),
    _tongue("cp1256 iso8859-6", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ؛،؟", "اليمنوتربعهدفةسق"),
    _tongue("cp874", "".join(map(chr, range(0x0E01, 0x0E5C))), "านรอกเงมยลวดทสต่้"),
)
_MANY = (  # encodings of several bytes a sign
    _tongue("cp932 euc-jp", "", "のにはをたがでてとしれさあるいもなかまりこらそうすくきけ日年市者月人一大本"),
    _tongue("cp949 johab", "", "이다는에을의가고하지를은로도한서사기시어수자인나리해대일제정그만부으있들것라"),
    _tongue(
        "gb18030",
        "",
        "的一是不了在人有我他这中大来上个国和也子时道说出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作"
        "方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从知使间全被情手回长把关本水名理动部地"
        "规定必须任何未许由条例费城市保存船登记不得进入",
    ),
    _tongue(
        "big5",
        "",
        "的一是不了在人有我他這中大來上個國和也子時道說出而要於就下得可你年生自會那後能對著事其裡所去行過家十用發天如然作"
        "方成者多日都三小軍二無同麼經法當起與好看學進種將還分此心前面又定見只主沒公從知使間全被情手回長把關本水名理動部地"
        "規定必須任何未許由條例費城市保存船登記不得進入",
    ),
)
_JAPANESE = re.compile(rb"\x1b\$[@B]")
_HZ = re.compile(rb"~\{(?:[!-}][!-~]){1,200}~\}")
_SEVEN = re.compile(rb"\+[A-Za-z0-9+/]{3,}-?")
_NAMES = {"cp932": "Shift-JIS", "cp949": "EUC-KR", "cp874": "TIS-620", "cp037": "EBCDIC"}


def seven_bit(blob: bytes) -> str | None:
    """The encoding of a text that writes in ASCII what is not ASCII (ISO-2022-JP, HZ, UTF-7), or None."""
    if _JAPANESE.search(blob):
        return "iso2022_jp"
    if _HZ.search(blob[:65_536]) and _fits(blob, "hz"):
        return "hz"
    found = _SEVEN.findall(blob[:65_536])
    if len(found) < 2 or not _fits(blob, "utf-7"):
        return None
    said = "".join(piece.decode("utf-7", "ignore") for piece in found)
    letters = sum(sign.isalpha() and sign > "\x7f" for sign in said)
    return (
        "utf-7"
        if letters > 0.8 * len(said) > 0 and max(_score(said, tongue) for tongue in (*_SINGLE, *_MANY)) > _LEAST
        else None
    )


def guess(blob: bytes) -> str | None:
    """The likeliest encoding of a text that is not UTF-8, or None where none is likely."""
    if _ebcdic(blob):
        return "cp037"
    sample = _telling(blob)
    order = list(dict.fromkeys(name for tongue in (*_SINGLE, *_MANY) for name in tongue.encodings))
    scored = [(round(_score(text, tongue), 6), -order.index(name), name) for name, tongue, text in _tried(sample)]
    if not scored:
        return None
    best = max(scored)
    return best[2] if best[0] >= _LEAST else None


def named(encoding: str) -> str:
    """The encoding's name as people write it."""
    return _NAMES.get(encoding, re.sub(r"^cp12(\d\d)$", r"Windows-12\1", re.sub(r"^iso8859-", "ISO-8859-", encoding)))


def _fits(blob: bytes, encoding: str) -> bool:
    try:
        blob.decode(encoding)
    except UnicodeError:
        return False
    return True


def _ebcdic(blob: bytes) -> bool:
    """Whether the spaces and small letters of EBCDIC make up the text, in which ASCII has signs and nothing."""
    sample = blob[:_SAMPLE]
    small = sum(
        sample.count(sign)
        for sign in b"\x81\x82\x83\x84\x85\x86\x87\x88\x89\x91\x92\x93\x94\x95\x96\x97\x98\x99"
        b"\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9"
    )  # fmt: skip - the letters a to z
    return (
        sample.count(b"\x40") > len(sample) * 0.08
        and small > len(sample) * 0.5
        and sample.count(b" ") < len(sample) * 0.02
    )


def _telling(blob: bytes) -> bytes:
    """The lines that hold bytes beyond ASCII, as many as are needed to tell."""
    held, count = [], 0
    for line in blob[:1_000_000].splitlines(keepends=True):
        beyond = len(line) - len(line.translate(None, bytes(range(128, 256))))
        if beyond:
            held.append(line[: 4 * _SAMPLE])
            count += beyond
        if count >= _SAMPLE:
            break
    return b"".join(held)


def _tried(sample: bytes) -> Iterator[tuple[str, _Tongue, str]]:
    """Each encoding that fits the sample, with a language that is written in it; the end may be cut within a sign."""
    made: dict[str, str | None] = {}
    for tongue in (*_SINGLE, *_MANY):
        for name in tongue.encodings:
            if name not in made:
                try:
                    made[name] = codecs.getincrementaldecoder(name)().decode(sample)
                except UnicodeError:
                    made[name] = None
            text = made[name]
            if text is not None:
                yield name, tongue, text


def _score(text: str, tongue: _Tongue) -> float:
    beyond = [sign for sign in text if sign > "\x7f"]
    if not beyond:
        return 0.0
    latin = not tongue.letters or any(sign < "\u0250" for sign in tongue.letters)
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    odd = sum(_odd(before, sign, after, latin=latin) for before, sign, after in around if max(before, sign) > "\x7f")
    return _kinship(beyond, tongue) - odd / len(beyond)


def _odd(before: str, sign: str, after: str, *, latin: bool) -> bool:
    """A capital after a small letter, a sign between two letters, two scripts within a word."""
    if sign <= "\x7f":
        return (sign.isupper() and before.islower()) or (not latin and sign.isalpha() and before.isalpha())
    if not sign.isalpha():
        return before.isalpha() and after.isalpha() and sign not in _ABUT and not _wide(sign)
    if not latin and before <= "\x7f" and (before.isalpha() or not after.isalpha()):
        return True
    return sign.isupper() and before.islower()


def _wide(sign: str) -> bool:
    return sign >= "\u2e80" or "\u0e00" <= sign <= "\u0e7f"


def _kinship(beyond: list[str], tongue: _Tongue) -> float:
    """The share of the signs that belong to the language, from 0 to 1.2; what is frequent in it counts more."""
    if not tongue.letters:
        return _kinship_of_many(beyond, tongue)
    letters = [sign for sign in beyond if sign.lower() in tongue.letters]
    typeset = sum(sign in _TYPESET for sign in beyond)
    frequent = sum(sign in tongue.frequent for sign in letters)
    return (len(letters) + 0.9 * typeset) / len(beyond) + 0.2 * frequent / max(1, len(letters))


def _kinship_of_many(beyond: list[str], tongue: _Tongue) -> float:
    signs = [sign for sign in beyond if sign not in _TYPESET]
    if not signs:
        return 0.0
    script = sum(
        "\u3041" <= s <= "\u30ff" or "\uac00" <= s <= "\ud7a3" or "\u4e00" <= s <= "\u9fff" for s in signs
    ) / len(signs)
    frequent = sum(sign in tongue.frequent for sign in signs) / len(signs)
    return min(1.2, script * (0.2 + 3 * frequent))
