"""Byte-pair encoding written plainly: training by counting everything anew for each merge, encoding as GPT-2 does it. What
the tests compare with, and the benchmark's peer. The pattern is GPT-2's with its classes written out for Python's re.
"""
import re
import sys
import unicodedata


def _class(member):
    ranges, start = [], None
    for value in range(sys.maxunicode + 2):
        inside = value <= sys.maxunicode and member(chr(value))
        if inside and start is None:
            start = value
        elif not inside and start is not None:
            ranges.append((start, value - 1))
            start = None
    return "".join(f"\\U{low:08x}" + (f"-\\U{high:08x}" if high > low else "") for low, high in ranges)


LETTER = _class(lambda c: unicodedata.category(c)[0] == "L")
NUMBER = _class(lambda c: unicodedata.category(c)[0] == "N")
# Unicode's White_Space; Python's own \s has four control characters more.
SPACE = _class(lambda c: unicodedata.category(c)[0] == "Z" or c in "\t\n\v\f\r\x85")
PATTERN = re.compile(
    f"'s|'t|'re|'ve|'m|'ll|'d| ?[{LETTER}]+| ?[{NUMBER}]+| ?[^{SPACE}{LETTER}{NUMBER}]+|[{SPACE}]+(?![^{SPACE}])|[{SPACE}]+")


def _alphabet():
    visible = [*range(ord("!"), ord("~") + 1), *range(0xa1, 0xad), *range(0xae, 0x100)]
    hidden = [value for value in range(256) if value not in visible]
    return {value: chr(value) for value in visible} | {value: chr(256 + n) for n, value in enumerate(hidden)}


ALPHABET = _alphabet()


def pieces(text):
    for piece in PATTERN.findall(text):
        yield tuple(ALPHABET[value] for value in piece.encode("utf-8"))


def merge(symbols, pair):
    merged, at = [], 0
    while at < len(symbols):
        if symbols[at:at + 2] == pair:
            merged.append(pair[0] + pair[1])
            at += 2
        else:
            merged.append(symbols[at])
            at += 1
    return tuple(merged)


def train(documents, size, least, special=()):
    """The tokens in their order, and the merges."""
    tokens = [*special, *sorted(ALPHABET.values())]
    numbers = {token: number for number, token in enumerate(tokens)}
    counts = {}
    for document in documents:
        for part in re.split("|".join(map(re.escape, special)), document) if special else [document]:
            for piece in pieces(part):
                counts[piece] = counts.get(piece, 0) + 1
    merges, left_out = [], set()
    while len(tokens) < size:
        pairs = {}
        for symbols, count in counts.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] = pairs.get(pair, 0) + count
        candidates = [pair for pair in pairs if pair not in left_out]
        if not candidates:
            break
        best = min(candidates, key=lambda pair: (-pairs[pair], numbers[pair[0]], numbers[pair[1]]))
        if pairs[best] < least:
            break
        token = best[0] + best[1]
        if token in special:
            left_out.add(best)
            continue
        if token not in numbers:
            numbers[token] = len(tokens)
            tokens.append(token)
        merges.append(best)
        updated = {}
        for symbols, count in counts.items():
            symbols = merge(symbols, best)
            updated[symbols] = updated.get(symbols, 0) + count
        counts = updated
    return tokens, merges


class BytePairTokenizer:
    """Numbers of a text's tokens; words are remembered, as GPT-2's own code does."""

    def __init__(self, tokens, merges, special=()):
        self.numbers = {token: number for number, token in enumerate(tokens)}
        self.ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
        self.special = re.compile(f"({'|'.join(map(re.escape, special))})") if special else None
        self.known = {}

    def encode(self, text):
        numbers = []
        for index, part in enumerate(self.special.split(text) if self.special else [text]):
            if index % 2:
                numbers.append(self.numbers[part])
                continue
            for piece in PATTERN.findall(part):
                found = self.known.get(piece)
                if found is None:
                    found = self.known[piece] = self._piece(piece)
                numbers += found
        return numbers

    def _piece(self, piece):
        symbols = tuple(ALPHABET[value] for value in piece.encode("utf-8"))
        while len(symbols) > 1:
            best = min(zip(symbols, symbols[1:]), key=lambda pair: self.ranks.get(pair, sys.maxsize))
            if best not in self.ranks:
                break
            symbols = merge(symbols, best)
        return [self.numbers[symbol] for symbol in symbols]
