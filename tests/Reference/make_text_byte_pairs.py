#!/usr/bin/python3
"""Writes text_byte_pairs.json: tokenizers trained on small corpora and what they give for texts, by the plain
implementation in text_byte_pairs.py. No package is needed; the texts are drawn with a fixed seed.
"""
import json
import pathlib
import random

import text_byte_pairs

SEED = 10

WORDS = ("the a of and film movie was is good bad great terrible acting actor plot story never always boring brilliant watch watched watching "
         "don't it's they'll I've we're he'd I'm can't 1999 2,000 10/10 aaa aaaa banana bananas été français l'été où").split()

AWKWARD = [
    "", " ", "  ", "\n", " \n ", "a", " a", "  a", "a ", "a  ", "\t\tb", "don't DON'T 's 'S it's' ''s 'll'x '", "hello world", " 's", "x's'll've'd'm't're",
    "été  À la plage\u00a0!", "naïve e\u0301 \u200d\u200b", "😀😀 👨‍👩‍👧 𝒳𝒴 𐐀x", "123 ½ ²x ٣٤", "東京タワー", "...!!! --- ###", "\x00\x01\x1f\x7f\x85\xa0",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bananananana " * 3, "end<|end|>begin<|end|><|end|>", "<|en", "line\r\n\r\n  line", "\u2028 \u3000x", "a\u1680b",
    # Longer than what is searched without a queue.
    "banana" * 30 + " " + "watching" * 12 + "été" * 20, "a" * 65 + " " + "a" * 64,
]


def corpus(draw, count):
    return [draw.choice(["", " ", "\n"]) + draw.choice([" ", "  ", ", "]).join(draw.choices(WORDS, k=draw.randrange(1, 20))) + draw.choice([".", "!!!", "?\n", " :)"])
            for _ in range(count)]


def case(draw, size, least, special, documents):
    tokens, merges = text_byte_pairs.train(documents, size, least, special)
    tokenizer = text_byte_pairs.BytePairTokenizer(tokens, merges, special)
    pieces = AWKWARD + WORDS
    texts = AWKWARD + corpus(draw, 20) + ["".join(draw.choices(pieces, k=draw.randrange(2, 8))) for _ in range(60)]
    return {"size": size, "least": least, "special": special, "documents": documents, "tokens": tokens,
            "merges": [" ".join(pair) for pair in merges], "encoded": [{"text": text, "ids": tokenizer.encode(text)} for text in texts]}


def main():
    draw = random.Random(SEED)
    cases = [
        case(draw, 400, 2, [], corpus(draw, 60)),
        case(draw, 330, 2, ["<|end|>", "xxpad"], [text + "<|end|>" + text for text in corpus(draw, 30)]),
        # Runs of one letter, where neighbours overlap, and a corpus that runs out of pairs.
        case(draw, 600, 1, ["aaaa"], ["aaaaaaaaaaa aaaa aa aaaaaaa", "abababab bababa", "<|end|>"]),
    ]
    text = json.dumps(cases, ensure_ascii=True)
    (pathlib.Path(__file__).parent / "text_byte_pairs.json").write_text(text + "\n")


main()
