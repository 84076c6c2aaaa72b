"""Tokenizers of plain regular expressions: the peer of TokenizerBenchmark. The rules are those of tests/Reference.

Protocol: "prepare words|bytepairs FOLDER" prints the number of tokens and a digest of them all, "run cpu|clock" the seconds
that the texts take, "quit" ends.
"""
import hashlib
import json
import os
import sys
import time

import text_byte_pairs
import text_words


def tokenize(kind, folder, texts):
    """Tokens of each text; whoever remembers words begins without any."""
    if kind == "words":
        return map(text_words.WordTokenizer().tokenize, texts)
    with open(os.path.join(folder, "vocab.json"), encoding="utf-8") as file:
        tokens = list(json.load(file))
    with open(os.path.join(folder, "merges.txt"), encoding="utf-8", newline="\n") as file:
        merges = [line.split() for line in file.read().split("\n")[1:] if line]
    return map(text_byte_pairs.BytePairTokenizer(tokens, merges).encode, texts)


def main():
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            return
        if words[0] == "prepare":
            kind, folder = words[1:]
            with open(os.path.join(folder, "texts"), encoding="utf-8", newline="") as file:
                texts = file.read().split("\0")
            digest, count = hashlib.sha256(), 0
            for tokens in tokenize(kind, folder, texts):
                count += len(tokens)
                digest.update("".join(f"{token}\n" for token in tokens).encode())
            print(count, digest.hexdigest(), flush=True)
        if words[0] == "run":
            encoded = tokenize(kind, folder, texts)
            clock = time.process_time if words[1] == "cpu" else time.perf_counter
            start = clock()
            for _ in encoded:
                pass
            print(clock() - start, flush=True)


main()
