"""Tiny language models in the files that fastai wrote, and what they say, for FastaiLanguageModelTests.cs.

Made with: Debian python3-torch 1.13.1, one thread, seed 10.
Usage:     /usr/bin/python3 make_text_transfer.py
Writes text_transfer.json and, in text_transfer/, three files of weights (the names of fastai 1 and 2, those of 0.7 without
a decoder bias, and those of a QRNN) with their pickled lists of tokens. The expected logits come from torch.nn.LSTM.
"""
import collections
import json
import pathlib
import pickle

import torch

torch.set_num_threads(1)
torch.manual_seed(10)
EMBEDDING, HIDDEN, LAYERS = 3, 5, 3
TOKENS = ["xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxmaj", "xxup", "xxrep", "xxwrep", "the", "film", "été", "xxfake", "xxfake"]
OLD_TOKENS = ["_unk_", "_pad_", "the", "t_up", "tk_rep", "tk_wrep", "xbos", "xfld", "film"]
TEXT = [2, 5, 3, 0, 6, 7, 2, 1, 4]


def layers():
    sizes = [EMBEDDING] + [HIDDEN] * (LAYERS - 1) + [EMBEDDING]
    return [torch.nn.LSTM(sizes[i], sizes[i + 1], batch_first=True) for i in range(LAYERS)]


def logits(embedding, rnns, bias):
    x = embedding[torch.tensor([TEXT])]
    for rnn in rnns:
        x, _ = rnn(x)
    return (x @ embedding.t() + bias)[0].tolist()


def main():
    folder = pathlib.Path(__file__).parent
    (folder / "text_transfer").mkdir(exist_ok=True)
    expected = {"torch": torch.__version__, "text": TEXT}

    with torch.no_grad():
        rnns, embedding, bias = layers(), torch.rand(len(TOKENS), EMBEDDING) - 0.5, torch.rand(len(TOKENS)) - 0.5
        state = collections.OrderedDict({"0.encoder.weight": embedding, "0.encoder_dp.emb.weight": embedding})
        for i, rnn in enumerate(rnns):
            state[f"0.rnns.{i}.weight_hh_l0_raw"] = rnn.weight_hh_l0
            for name in ("weight_ih_l0", "bias_ih_l0", "bias_hh_l0"):
                state[f"0.rnns.{i}.module.{name}"] = getattr(rnn, name)
            # What weight dropout left of the raw weights the last time.
            state[f"0.rnns.{i}.module.weight_hh_l0"] = rnn.weight_hh_l0 * torch.bernoulli(torch.full_like(rnn.weight_hh_l0, 0.5))
        state["1.decoder.weight"], state["1.decoder.bias"] = embedding, bias
        torch.save({"model": state, "opt": {}}, folder / "text_transfer" / "lstm_fwd.pth")
        expected["logits"] = logits(embedding, rnns, bias)

        rnns, embedding = layers(), torch.rand(len(OLD_TOKENS), EMBEDDING) - 0.5
        state = collections.OrderedDict({"0.encoder.weight": embedding, "0.encoder_with_dropout.embed.weight": embedding})
        for i, rnn in enumerate(rnns):
            for name in ("weight_ih_l0", "bias_ih_l0", "bias_hh_l0"):
                state[f"0.rnns.{i}.module.{name}"] = getattr(rnn, name)
            state[f"0.rnns.{i}.module.weight_hh_l0_raw"] = rnn.weight_hh_l0
        state["1.decoder.weight"] = embedding
        torch.save(state, folder / "text_transfer" / "fwd_old.pth", _use_new_zipfile_serialization=False)
        expected["old_logits"] = logits(embedding, rnns, 0)

        torch.save({"0.encoder.weight": embedding, "0.rnns.0.layers.0.linear.weight_raw": torch.zeros(2, 2)},
                   folder / "text_transfer" / "qrnn.pth")

    for name, tokens in (("itos.pkl", TOKENS), ("itos_old.pkl", OLD_TOKENS)):
        with open(folder / "text_transfer" / name, "wb") as file:
            pickle.dump(tokens, file, protocol=3)
    with open(folder / "text_transfer" / "itos_numbers.pkl", "wb") as file:
        pickle.dump(["a", 7], file, protocol=4)
    (folder / "text_transfer.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
