"""The rules of WordTokenizer in plain regular expressions: what the tests compare with, and the benchmark's peer.

Python's re knows no classes of Unicode, so they are written out from unicodedata: letters, marks and digits make words;
white space, control characters and invisible ones go between words; joiners belong to the word around them.
"""
import html
import re
import sys
import unicodedata
from html.entities import name2codepoint

JOINERS = "\u00ad\u200c\u200d" + "".join(map(chr, range(0xfe00, 0xfe10)))


def _class(member):
    """The inside of a character class of all code points for which `member` holds."""
    ranges, start = [], None
    for value in range(sys.maxunicode + 2):
        inside = value <= sys.maxunicode and member(chr(value))
        if inside and start is None:
            start = value
        elif not inside and start is not None:
            ranges.append((start, value - 1))
            start = None
    return "".join(f"\\U{low:08x}" + (f"-\\U{high:08x}" if high > low else "") for low, high in ranges)


def _is_space(character):
    if character in JOINERS:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")


LETTER = _class(lambda c: unicodedata.category(c)[0] == "L")
LETTER_OR_MARK = _class(lambda c: unicodedata.category(c)[0] in "LM" and c not in JOINERS)
WORD = _class(lambda c: unicodedata.category(c)[0] in "LMN" and c not in JOINERS)
SPACE = _class(_is_space)
INNER = WORD + JOINERS
BLANK = SPACE + JOINERS

_ENTITY = re.compile(
    r"&(#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[0-9A-Za-z]{1,10});"
    r"|(?<![A-Za-z0-9])(#39|amp|#146|nbsp|#36|quot);|<[bB][rR] ?/?>|<unk>|\\(n|\")| @([.,-])@ ")
_BARE = {"#39": "'", "amp": "&", "#146": "'", "nbsp": " ", "#36": "$", "quot": '"'}


def _numbered(value):
    """A character by its number; 128 to 159 are Windows-1252's. None for what is no character."""
    if 128 <= value < 160:
        return bytes([value]).decode("cp1252", "ignore")
    return chr(value) if 0 < value < 0xd800 or 0xe000 <= value <= sys.maxunicode else None


def _clean(match):
    entity, bare, escape, wiki = match.groups()
    if entity:
        if entity[0] == "#":
            return _numbered(int(entity[2:], 16) if entity[1] in "xX" else int(entity[1:])) or match.group()
        return html.unescape(match.group()) if entity in name2codepoint or entity == "apos" else match.group()
    if bare:
        return _BARE[bare]
    if escape:
        return "\n" if escape == "n" else '"'
    return wiki or ("xxunk" if match.group() == "<unk>" else "\n")


def clean(text):
    return _ENTITY.sub(_clean, text)


_RUN = f"[{WORD}][{INNER}]*"
_ADDRESS = fr"[A-Za-z0-9]+(?:[.@][A-Za-z0-9]+)*\.(?:com|edu|fr|gov|info|io|net|org|tv|uk)(?![{INNER}])"
_INITIALS = fr"[A-Za-z](?:\.[A-Za-z](?![{INNER}]))+(?:\.(?![{INNER}]))?"
_NUMBER_CONNECTOR = r"(?<=[0-9])[.,:](?=[0-9])"
_PICTURE = "[\U0001f000-\U0001faff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff]"
_VARIATIONS = "[\ufe0f\U0001f3fb-\U0001f3ff]*"
_SIGNS = (
    fr"(?<![^{BLANK}])[:;=]-?[()DPp|](?![{INNER}])"
    "|[\U0001f1e6-\U0001f1ff]{1,2}"
    f"|{_PICTURE}{_VARIATIONS}(?:\u200d{_PICTURE}{_VARIATIONS})*"
    fr"|[.]+|-+|[{BLANK}]+|.")

_CLITIC = fr"['’](?:[sSmMdD]|[rR][eE]|[vV][eE]|[lL][lL])(?![{INNER}])"
_NEGATION = fr"[nN]['’][tT](?![{INNER}])"
_ENGLISH_CONNECTOR = (
    fr"(?:(?!{_CLITIC})(?!(?<=[nN])['’][tT](?![{INNER}]))(?<=[{LETTER_OR_MARK}])['’](?=[{LETTER}])|{_NUMBER_CONNECTOR})")
_ENGLISH_CHAIN = f"{_RUN}(?:{_ENGLISH_CONNECTOR}{_RUN})*"
ENGLISH = re.compile(
    f"({_ADDRESS}|{_INITIALS}"
    r"|(?:Mr|Mrs|Ms|Dr|St|Prof|Jr|Sr|Mt|Lt|Sgt|Capt|Gen|Rev|Vol|vs|etc|mr|mrs|ms|dr|prof|jr|sr)\.(?!\.)"
    fr"|{_NEGATION}|[cC][aA][nN](?=[nN][oO][tT](?![{INNER}]))"
    fr"|{_ENGLISH_CHAIN}(?={_NEGATION})|{_ENGLISH_CHAIN})"
    fr"|(?<=[{INNER}])({_CLITIC})|{_SIGNS}", re.DOTALL)

_PRONOUN = (
    fr"-(?:(?<![rR][eE][nN][dD][eE][zZ]-)|(?![vV][oO][uU][sS]))(?i:je|tu|il|elle|on|nous|vous|ils|elles|ce|t-il|t-elle|t-on|t-ils|t-elles"
    fr"|moi|toi|le|la|les|lui|leur|y|en|ci|là)(?![{INNER}]|['’-](?=[{LETTER}]))")
_FRENCH_CONNECTOR = (
    fr"(?:(?<=[{LETTER_OR_MARK}])['’](?=[{LETTER}])|{_NUMBER_CONNECTOR}"
    fr"|(?<=[{LETTER_OR_MARK}])(?!{_PRONOUN})-(?=[{LETTER}]))")
FRENCH = re.compile(
    f"({_ADDRESS}|{_INITIALS}|(?:M|MM|Dr|Pr|Prof|St|Ste|Cf|cf|dr|prof|etc|vol|av)\\.(?!\\.)"
    fr"|(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=[{LETTER}])"
    f"|{_RUN}(?:{_FRENCH_CONNECTOR}{_RUN})*)"
    fr"|(?<=[{INNER}])({_PRONOUN})|{_SIGNS}", re.DOTALL)


class WordTokenizer:
    """Tokens of a text, as a list of strings."""

    def __init__(self, pattern=ENGLISH, repeated_characters=3, repeated_words=3, joins_dots=True):
        self.words = pattern
        self.repeated_words = repeated_words
        self.joins_dots = joins_dots
        self.repetition = re.compile(fr"([^{BLANK}])\1{{{repeated_characters - 1},}}")

    def tokenize(self, text):
        text = clean(text)
        tokens, start = [], 0
        for match in self.repetition.finditer(text):
            self._cut(text[start:match.start()], tokens)
            character = match.group(1)
            if self.joins_dots and character == ".":
                tokens.append("…")
            else:
                tokens += ["xxrep", str(len(match.group())), _lower(character)]
            start = match.end()
        self._cut(text[start:], tokens)
        return tokens

    def _cut(self, text, tokens):
        last, last_end, count = None, 0, 0
        for match in self.words.finditer(text):
            word = match.group(1)
            if word is None:
                tail = match.group(2)
                sign = match.group()
                if tail is not None:
                    last = None
                    _spell(tail, tokens)
                elif sign[0] in _BLANKS:
                    lines = sign.count("\n") + sign.count("\u2028") + sign.count("\u2029")
                    if lines:
                        last = None
                        tokens.append("\n" if lines == 1 else "\n\n")
                else:
                    last = None
                    tokens.append("…" if self.joins_dots and len(sign) > 2 and sign[0] == "." else sign)
                continue
            # Words that are repeated with blanks between.
            if word == last and match.start() > last_end:
                count += 1
            else:
                last, count, mark = word, 1, len(tokens)
            last_end = match.end()
            _spell(word, tokens)
            if count >= self.repeated_words:
                del tokens[mark:]
                tokens += ["xxwrep", str(count)]
                _spell(word, tokens)


_BLANKS = frozenset(chr(value) for value in range(sys.maxunicode + 1) if _is_space(chr(value))) | frozenset(JOINERS)


def _lower(word):
    return "".join(small if len(small := character.lower()) == 1 else character for character in word)


def _spell(word, tokens):
    if word.islower() and word.isascii():
        tokens.append(word)
        return
    kinds = [unicodedata.category(character) for character in word]
    capitals = sum(kind in ("Lu", "Lt") for kind in kinds)
    if "Ll" not in kinds:
        if capitals > 1:
            tokens.append("xxup")
    elif capitals == 1 and kinds[0] in ("Lu", "Lt"):
        tokens.append("xxmaj")
    tokens.append(_lower(word).replace("’", "'").replace("\u00ad", ""))
