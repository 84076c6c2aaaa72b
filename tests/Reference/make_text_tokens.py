#!/usr/bin/python3
"""Writes text_tokens_english.json and text_tokens_french.json: what the word tokenizer's rules give for sentences, for
awkward texts, and for texts drawn from awkward pieces with a fixed seed. No package is needed.
"""
import json
import pathlib
import random

import text_words

SEED = 10

ENGLISH = [
    "", " ", " \t  ", "\n", "a", "I", "A", ".", "-", "'", "The quick brown fox jumps over the lazy dog.",
    "I don't think they'd've said it's John's, but we'll see; you're right, I'm not, and he cannot.",
    "DON'T SHOUT! Isn't it O'Neil's rock'n'roll at four o'clock? Ain't that n't won't can't CAN'T Cannot.",
    "I don’t know what it’s worth. ‘Single’ and “double” quotes. James' book; the '90s, the 1990's.",
    "Mr. Smith and Mrs. Jones met Dr. No at St. Mary's, etc. Then Mr.Brown left... Prof.. vs. them.",
    "The U.S. Army, the U.S.A and the U.K. at 5 p.m. e.g. here, i.e. J.R.R. Tolkien. U.S.Army.",
    "See www.example.com or http://films.example.org/reviews?id=12#top, write to john.doe@mail.example.co.uk.",
    "It ends.Then it begins. amazon.com.And more, x.comedy, com., a.b.c.net!",
    "It cost $10,000.50 (or 3.5% of 1,000,000) at 3:30pm on 12/31/1999; 8/10, v2.0, 1st, 3D, 1.2.3.",
    "A well-known, state-of-the-art film -- really --- good - yes. Covid-19, X-Men.",
    "Sooooo goooood!!! Noooo way..... What??? Wow!! Hmm... Yes.. ----- ***** 10000000 aaa bbbb",
    "very very very good, no no no no never, the the end, Very Very Very Big, had had. bye bye  bye",
    "very very\nvery good\n\nNew paragraph\n \n \n here \u2028 there\r\n end",
    "AMAZING film by McDonald and JEAN-LUC Godard, iPhone A1 3D XX Xx xX É Été ÉTÉ",
    "It was <br /><br />good.<br>Bad<br/>ugly <BR /> <i>em</i> <unk> 5 &lt; 6 &amp;&amp; 7 &gt; 6 &eacute;t&eacute; &#233; &#xE9;",
    "It&#39;s Tom &amp; Jerry, it#39;s, Tom amp; Jerry, champ; swamp;, nbsp;x #146;s #36;5 quot;hi quot; &nosuch; &; &#; &#0; &#146; &#x110000;",
    "line\\nline \\\"quoted\\\" back\\slash C:\\dir and / or #hash ## a/b",
    "the 3 @.@ 5 well @-@ known 1 @,@ 000 @ @.@ a @.b @,@ @-@ ",
    "Great :) bad :-( wink ;-) =) :D :P not:) a:b :( x :DD (:) :|",
    "I ❤️ it 😀😀😀 👍🏽 👨‍👩‍👧 🇫🇷🇬🇧 1️⃣ ™️ ☂ 🎬🎬 great🎉film ⭐⭐⭐⭐⭐",
    "naïve café cafe\u0301 Ångström ﬁne 東京 Привет МИР Ωmega ß ẞ straße ½ x² ǅ 𝒳 𐐀𐐨",
    "zero\u200bwidth joi\u200dner soft\u00adhyphen \ufeffbom\u2060 x\u200c y \u200d z nb\u00a0sp \u0085 \x00 \x1f a\u0301\u0301\u0301\u0301",
    "_Harry Potter_ *stars* (parens) [brackets] {braces} <angle> ~tilde~ a_b ^caret | pipe `tick` 50% #1 @me &co",
    "xxmaj xxup it xxrep 3 x", "ok...ok ....ok a.. .b . . .", "''quoted'' 'tis 'em y'all's I'd've didn't've it's'more",
    "x" * 50 + " " + "ab " * 30 + "ha" * 20 + " 1 1 1 1 !!!! !! !!!!",
]

FRENCH = [
    "", "L'eau qu'il a bue aujourd'hui, c'est de l'eau d'ici.",
    "Jusqu'à ce qu'elle vienne, lorsqu'on l'appelle, puisqu'ils s'aiment; quoiqu'un peu. Quelqu'un, presqu'île, prud'homme.",
    "Qu’est-ce que c’est ? L’été, « J’AI VU L’HOMME », dit-elle.",
    "A-t-il vu celui-ci ou celle-là ? Donne-le-moi, vas-y, rendez-vous demain, prenez-en. Est-ce vrai ? Dis-moi.",
    "C'est-à-dire que l'arc-en-ciel, le week-end, peut-être, grand-mère, Jean-Luc et vis-à-vis. S'il-vous-plaît, elle-même.",
    "M. Dupont et Mme Durand, MM. Martin, le Dr. Petit, etc. cf. p. 12 et M.X. St. Jean. Ste. Anne",
    "3,5 millions d'euros, 10 000 €, 12:30, 18-25 ans, le 1er, 2e; 50 %, n° 5.",
    "Géniaaaaal !!! Très très très bon, non non non non. Bof... NUL NUL NUL", "Ça, À, Éric, ÉRIC, ŒUVRE, œil, Noël, L'ÎLE, D'ABORD",
    "L&#39;&eacute;t&eacute; <br /> l&rsquo;hiver &agrave; &laquo; Paris &raquo;", "Schindler's List, don't, rock'n'roll, O'Neil, l' eau, l'", "-t-il -il a--il a-il-b là-bas -là tu-y-es vous-y Y-a-t-il RENDEZ-VOUS LÀ-LÀ dis-Le",
    "www.exemple.fr, jean@exemple.fr. fin.De plus, fin.com",
]

ENGLISH_PIECES = [
    "a", "n", "t", "N", "T", "s", "d", "I", "A", "é", "Z", "can", "not", "Mr", "com", "U", "don't", "'s", "'ll", "'ve", "n't", "'", "’", "-",
    "--", ".", "..", "...", ",", ":", ";", "1", "0", "10", " ", " ", " ", "  ", "\n", "@", "www", "very", " very very very", "aaaa", "!!!!", "/",
    "#", "\\n", "<br />", "&amp;", "quot;", "\u200d", "\u0301", "😀", "🏽", "🇫", "❤", "\ufe0f", ":)", "(", ")", "_", "ß", "\u00ad", "\u200b"]

FRENCH_PIECES = [
    "a", "l", "d", "qu", "jusqu", "L", "Qu", "é", "M", "cf", "il", "t", "-t-il", "-il", "-vous", "rendez", "-y", "en", "là", "'", "'", "’", "-", "-", "--",
    ".", ",", ":", "1", "2", " ", " ", "\n", "fr", "@", "non", " non non non", "eee", "&eacute;", "\u0301", "\u200d", "?", "«", "est", "Ce"]

RULES = {"v1": dict(repeated_characters=4, repeated_words=4, joins_dots=False), "v2": {}}


def cases(pattern, sentences, pieces, count):
    draw = random.Random(SEED)
    texts = sentences + ["".join(draw.choices(pieces, k=draw.randrange(1, 14))) for _ in range(count)]
    for index, text in enumerate(texts):
        for name in ["v2", "v1"] if index < len(sentences) else [draw.choice(["v1", "v2"])]:
            yield {"rules": name, "text": text, "tokens": text_words.WordTokenizer(pattern, **RULES[name]).tokenize(text)}


def write(name, *arguments):
    lines = ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases(*arguments))
    (pathlib.Path(__file__).parent / name).write_text(f"[\n{lines}\n]\n")


def main():
    write("text_tokens_english.json", text_words.ENGLISH, ENGLISH, ENGLISH_PIECES, 600)
    write("text_tokens_french.json", text_words.FRENCH, FRENCH, FRENCH_PIECES, 400)


main()
