"""Names and home towns of made-up people, from all over the world."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

GIVEN = tuple(
    """
    Ada Amara Anouk Arjun Astrid Aylin Beatriz Bruno Carmen Chidi Chloé Dalia Diego Dmitri Elif Emeka Emil Esra Farah
    Felix Fatou Giulia Goran Hana Hassan Helena Hugo Ida Imani Ines Ivan Jamal Jana João Jonas Kaito Kamala Katya Kofi
    Lars Leila Lena Linh Luca Maeve Mateo Maya Mehmet Mei Milan Mina Nadia Nia Niklas Noor Olga Oskar Priya Rafael Ravi
    Rosa Rui Salma Samuel Sanna Sofia Stefan Tariq Tessa Tomás Uma Valentina Viktor Wanjiru Yara Yuki Yusuf Zofia
    """.split()
)
FAMILY = tuple(
    """
    Abebe Almeida Andersson Bauer Becker Bianchi Castillo Chen Costa Dahl Demir Diallo Dubois Eriksen Farouk Ferreira
    Fischer Gupta Haddad Hansen Hofer Ibrahim Ivanova Jansen Kapoor Kaya Keller Kim Kowalski Kozak Larsen Lindqvist
    Lopes Mbeki Mendes Meyer Moreau Murphy Nair Nakamura Navarro Nguyen Novak Nowak Okafor Okonkwo Oliveira Park Patel
    Petrov Quispe Rao Reyes Ricci Rossi Sato Schmidt Sharma Silva Sørensen Tanaka Torres Traoré Vargas Weber Wójcik
    Yıldız Zhang
    """.split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """A zone people work in, its country, and how many in a hundred do."""

    zone: str
    country: str
    share: int


PLACES = (
    Place("Europe/Berlin", "DE", 60),
    Place("America/New_York", "US", 17),
    Place("Europe/Lisbon", "PT", 12),
    Place("Asia/Kolkata", "IN", 11),
)
MAIN = PLACES[0]


def full_names(random: Random) -> Iterator[str]:
    """Names without end, none twice; given names repeat only when all have been used."""
    given, family = random.sample(GIVEN, len(GIVEN)), random.sample(FAMILY, len(FAMILY))
    for place in count():
        lap = place // len(given)
        yield f"{given[place % len(given)]} {family[(place + 7 * lap) % len(family)]}"


def places(random: Random, people: int) -> list[Place]:
    """A place for each of so many people, the first one in the main place."""
    chosen = [place for place in PLACES for _ in range(round(people * place.share / 100))]
    chosen = (chosen + [MAIN] * people)[:people]
    rest = chosen[1:]
    random.shuffle(rest)
    return [MAIN, *rest]
