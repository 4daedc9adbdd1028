"""Made-up talk, the same every time, in which each document is made to deserve its grade.

Every question has words of its own, which nobody says elsewhere, and baits: documents that deserve
less though they are younger, key quotes, or say a word again and again.
"""

import random
import uuid
from collections.abc import Callable
from itertools import accumulate, permutations

from bench.ranking.judged import JudgedQuery, JudgedSet
from search import SearchDocument

SEED = 20261122
WORKSPACE = str(uuid.UUID(int=5))
BACKGROUND = 1_500
VOCABULARY = 3_000
QUESTIONS_OF_A_KIND = 6
OF_A_GRADE = 3
NEWEST_S = 1_790_000_000
DAY_S = 86_400
TALK = """
    the I a to and we they it was for on in my with that this not have had when but so then of you
    is be there what just like know think because really about time people would one or if them
    day week morning phone doctor visit wait call desk ask tell find help home work child mother
"""
SYLLABLES = "ba be bi bo da de di do fa fe ga go ka ke ki la le li lo ma me mi mo na ne no"
# Words to ask for are of other syllables, so that what is said around them is never alike.
FULL_SYLLABLES = "bal bor cam dun fer gol hus kel lam mor nat pel rif sol tam vor wen yar"

Words = list[str]


class Talk:
    """Sentences of words as frequent as in speech, and words that nobody has used."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)
        syllables, talk = SYLLABLES.split(), TALK.split()
        self._words = talk + [
            "".join(self.random.choices(syllables, k=self.random.randint(2, 5)))
            for _ in range(VOCABULARY)
        ]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        pairs = list(permutations(FULL_SYLLABLES.split(), 2))
        self._pairs = iter(self.random.sample(pairs, len(pairs)))

    def new_word(self) -> str:
        """Eight letters, of which no other word has the first six."""
        return "".join(next(self._pairs)) + self.random.choice(["an", "en", "ol", "ar", "el"])

    def say(self, count: int) -> Words:
        return self.random.choices(self._words, cum_weights=self._weights, k=count)

    def around(self, *said: str, apart: int = 0) -> str:
        """These words in this order, with so many others between them, in a sentence."""
        middle = [said[0]]
        for word in said[1:]:
            middle += [*self.say(apart), word]
        return " ".join([*self.say(self.random.randint(4, 9)), *middle, *self.say(6)])


class Study:
    """Documents as they are made, and the questions about them."""

    def __init__(self) -> None:
        self.talk = Talk()
        self.documents: list[SearchDocument] = []
        for _ in range(BACKGROUND):
            self.add(" ".join(self.talk.say(self.talk.random.randint(8, 30))))

    def add(self, text: str, *, title: str = "", is_key: bool = False, age_days: int = 200) -> str:
        """Returns the key of an excerpt or, with a title, of an insight."""
        document = SearchDocument(
            id=str(len(self.documents)),
            kind="insight" if title else "excerpt",
            workspace_id=WORKSPACE,
            text=f"{title}\n{text}" if title else text,
            title=title,
            is_key_quote=is_key,
            # A few hours apart in a fixed disorder, so that no grade follows the order of making.
            created_at_s=NEWEST_S - age_days * DAY_S - len(self.documents) * 7_919 % DAY_S,
            version=1,
        )
        self.documents.append(document)
        return document.key

    def add_bait(self, text: str) -> str:
        """What recency and key quotes speak for, and nothing else."""
        return self.add(text, is_key=True, age_days=0)

    def title(self, *said: str) -> str:
        return self.add(" ".join(self.talk.say(15)), title=self.talk.around(*said, apart=1))


def judged_talk() -> JudgedSet:
    """A set for each kind of question."""
    study = Study()
    queries = [
        JudgedQuery(text, kind, grades)
        for kind, make in KINDS.items()
        for _ in range(QUESTIONS_OF_A_KIND)
        for text, grades in [make(study)]
    ]
    return JudgedSet("generated talk", study.documents, queries)


Question = tuple[str, dict[str, int]]


def _graded(*levels: tuple[int, Callable[[], str]]) -> dict[str, int]:
    """Some documents of each grade, made in turn."""
    return {make(): grade for _ in range(OF_A_GRADE) for grade, make in levels}


def _one_word(study: Study) -> Question:
    word, talk = study.talk.new_word(), study.talk
    return word, _graded(
        (3, lambda: study.title(word)),
        (1, lambda: study.add_bait(talk.around(word, word, apart=1))),
        (1, lambda: study.add(talk.around(word))),
    )


def _three_letters(study: Study) -> Question:
    """The first letters of a word, of which only the beginning has been typed."""
    letters = "".join(study.talk.random.choices("xzqjw", k=3))
    word, talk = letters + study.talk.new_word(), study.talk
    return letters, _graded(
        (3, lambda: study.title(word)),
        (1, lambda: study.add_bait(talk.around(word, word, apart=1))),
    )


def _words_together(study: Study) -> Question:
    left, right, talk = study.talk.new_word(), study.talk.new_word(), study.talk
    return f"{left} {right}", _graded(
        (3, lambda: study.add(talk.around(left, right))),
        (2, lambda: study.add(talk.around(left, right, apart=3))),
        (1, lambda: study.add(talk.around(left, right, apart=7))),
        (0, lambda: study.add_bait(talk.around(left, left, right, apart=20))),
    )


def _title_or_together(study: Study) -> Question:
    left, right, talk = study.talk.new_word(), study.talk.new_word(), study.talk
    return f"{left} {right}", _graded(
        (3, lambda: study.title(left, right)),
        (2, lambda: study.add_bait(talk.around(left, right))),
        (1, lambda: study.add_bait(talk.around(left, left, right, apart=12))),
    )


def _three_words(study: Study) -> Question:
    """All near each other, a pair of them, none."""
    said, talk = [study.talk.new_word() for _ in range(3)], study.talk
    return " ".join(said), _graded(
        (3, lambda: study.add(talk.around(*said, apart=1))),
        (2, lambda: study.add(f"{talk.around(*said[:2])} {' '.join(talk.say(9))} {said[2]}")),
        (0, lambda: study.add_bait(talk.around(*said, apart=12))),
    )


def _word_form(study: Study) -> Question:
    word, talk = study.talk.new_word(), study.talk
    return word, _graded(
        (3, lambda: study.add(talk.around(word))),
        (2, lambda: study.add_bait(talk.around(word + "ed", word + "ed", apart=1))),
        (1, lambda: study.add_bait(talk.around(word + talk.random.choice(["gost", "lumb"])))),
        (0, lambda: study.add_bait(talk.around(_mistyped(word, talk)))),
    )


def _forms_together(study: Study) -> Question:
    left, right, talk = study.talk.new_word(), study.talk.new_word(), study.talk
    return f"{left} {right}", _graded(
        (3, lambda: study.add(talk.around(left + "ing", right + "s"))),
        (1, lambda: study.add_bait(talk.around(left, right, apart=12))),
    )


def _typo(study: Study) -> Question:
    word, talk = study.talk.new_word(), study.talk
    return _mistyped(word, talk), _graded(
        (3, lambda: study.title(word)),
        (2, lambda: study.add(talk.around(word))),
        (0, lambda: study.add_bait(talk.around(word[:5] + "onurast"))),
    )


def _typo_of_two(study: Study) -> Question:
    left, right, talk = study.talk.new_word(), study.talk.new_word(), study.talk
    return f"{_mistyped(left, talk)} {right}", _graded(
        (3, lambda: study.add(talk.around(left, right))),
        (1, lambda: study.add_bait(talk.around(left, left, right, apart=14))),
    )


def _one_word_missing(study: Study) -> Question:
    """Nothing has all three; what has the two that few say is meant."""
    left, right, talk = study.talk.new_word(), study.talk.new_word(), study.talk
    frequent = talk.random.choice(["morning", "phone", "doctor", "visit", "mother"])
    said = [left, right]
    said.insert(talk.random.randint(0, 2), frequent)
    return " ".join(said), _graded(
        (3, lambda: study.add(_without(frequent, talk.around(left, right, apart=2)))),
        (1, lambda: study.add(talk.around(frequent, right, apart=2))),
        (0, lambda: study.add_bait(talk.around(frequent, frequent, frequent))),
    )


def _unknown_word(study: Study) -> Question:
    """The first word is said by nobody."""
    left, talk = study.talk.new_word(), study.talk
    return f"{talk.new_word()} {left}", _graded(
        (3, lambda: study.add(talk.around(left))),
    )


def _key_and_new(study: Study) -> Question:
    word, talk = study.talk.new_word(), study.talk
    return word, _graded(
        (3, lambda: study.add(talk.around(word), is_key=True, age_days=20)),
        (2, lambda: study.add(talk.around(word), is_key=True, age_days=900)),
        (1, lambda: study.add(talk.around(word), age_days=20)),
        (0, lambda: study.add(talk.around(word, word, apart=1), age_days=900)),
    )


def _phrase(study: Study) -> Question:
    left, right, talk = study.talk.new_word(), study.talk.new_word(), study.talk
    return f'"{left} {right}"', _graded(
        (3, lambda: study.add(talk.around(left, right))),
        (0, lambda: study.add_bait(talk.around(right, left, right, apart=1))),
    )


def _exclusion(study: Study) -> Question:
    word, other, talk = study.talk.new_word(), study.talk.new_word(), study.talk
    return f"{word} -{other}", _graded(
        (3, lambda: study.add(talk.around(word))),
        (0, lambda: study.add_bait(talk.around(word, other, word))),
    )


def _mistyped(word: str, talk: Talk) -> str:
    """One letter left out or doubled, or two swapped, after the first three."""
    place = talk.random.randint(3, len(word) - 3)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return talk.random.choice([before + after, before + letter + letter + after, _swapped(word)])


def _swapped(word: str) -> str:
    place = next(at for at in range(3, len(word) - 1) if word[at] != word[at + 1])
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _without(word: str, text: str) -> str:
    return " ".join(each for each in text.split() if each != word)


KINDS: dict[str, Callable[[Study], Question]] = {
    "a word": _one_word,
    "three letters": _three_letters,
    "words, together or apart": _words_together,
    "words, in a title or together": _title_or_together,
    "three words": _three_words,
    "a word form": _word_form,
    "forms, together or apart": _forms_together,
    "a typo": _typo,
    "a typo in one of two words": _typo_of_two,
    "one word missing": _one_word_missing,
    "a word nobody says": _unknown_word,
    "key quotes, new and old": _key_and_new,
    "a phrase": _phrase,
    "an exclusion": _exclusion,
}
