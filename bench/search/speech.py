"""Made-up talk, the same every time: word frequencies as in speech, phrases that come back, lengths
as of excerpts; and what people would type to find it.
"""

from collections.abc import Iterator, Sequence

import numpy as np

SEED = 20261122
VOCABULARY = 60_000
PHRASES = 800
# A tenth of what is said is said in set phrases.
PHRASE_SHARE = 0.1
SYLLABLES = """
    an ar ba be bo ca co da de di do el en er fa fi ga go ha he in ka la le li lo ma me mi mo na
    ne no or pa pe po ra re ri ro sa se si so ta te ti to un va ve vi wa we
"""
# The commonest first.
TALK = """
    the I and to a it you that of was we is they so in but for on my with not have had when just
    like be this do know as at me if get what there all can or because one she he then would really
    think from out up about people don't them time said no go were been got day very could an which
    who their more how only after two now before didn't always never week still call waiting
    reminder visit doctor phone calendar appointment cancel message app sister minutes hold desk
    slot booking morning late early wrong paper fridge ring answer bill letter nurse form online
    account password email travel parking mother queue referral results prescription insurance voice
    menu number website
"""
COMMON = set(TALK.split()[:80])


class Speech:
    """Draws texts. Two of the same seed say the same."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = np.random.default_rng(seed)
        self.words = np.array(
            [*dict.fromkeys(TALK.split()), *self._invent(VOCABULARY)], dtype=object
        )
        ranks = np.arange(1, len(self.words) + 1)
        # Zipf, flattened at the top as Mandelbrot found it.
        self._cumulative = np.cumsum(1 / (ranks + 2.7) ** 1.05)
        self._phrases = np.array(
            [" ".join(self._draw(count)) for count in self._random.integers(2, 6, PHRASES)],
            dtype=object,
        )

    def texts(self, count: int) -> list[str]:
        """Texts of five to a hundred words, most of twenty to forty."""
        lengths = np.clip(self._random.lognormal(3.3, 0.5, count), 5, 100).astype(int)
        said = self._draw(int(lengths.sum()))
        places = np.flatnonzero(self._random.random(len(said)) < PHRASE_SHARE / 3.5)
        said[places] = self._random.choice(self._phrases, len(places))
        ends = np.cumsum(lengths).tolist()
        return [" ".join(said[start:end]) for start, end in zip([0, *ends], ends, strict=False)]

    def typed(self, texts: Sequence[str]) -> list[str]:
        """What somebody types who remembers these texts: one to three words in a row of each, not
        only of the commonest; one in six with a slip of the finger.
        """
        found = []
        for number, text in enumerate(texts):
            words = text.split()
            telling = [place for place, word in enumerate(words) if word not in COMMON]
            start = telling[len(telling) // 2] if telling else 0
            asked = " ".join(words[start : start + 1 + number % 3])
            found.append(self._slip(asked) if number % 6 == 5 else asked)
        return found

    def _slip(self, text: str) -> str:
        word = max(text.split(), key=len)
        if len(word) < 5:
            return text
        place = int(self._random.integers(1, len(word) - 2))
        slipped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        return text.replace(word, slipped)

    def _draw(self, count: int) -> np.ndarray:
        chances = self._random.random(count) * self._cumulative[-1]
        return self.words[np.searchsorted(self._cumulative, chances)]

    def _invent(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            sizes = self._random.integers(2, 5, count)
            picks = self._random.choice(SYLLABLES.split(), int(sizes.sum()))
            ends = np.cumsum(sizes).tolist()
            for start, end in zip([0, *ends], ends, strict=False):
                found["".join(picks[start:end])] = None
        return list(found)[:count]


def letter_by_letter(texts: Sequence[str]) -> Iterator[str]:
    """Each beginning of each text: every one is a request."""
    for text in texts:
        yield from (text[:end] for end in range(1, len(text) + 1) if text[end - 1] != " ")
