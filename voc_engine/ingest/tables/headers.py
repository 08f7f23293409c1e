"""What the header of a column says: names by meaning in several languages, likeliest first, and words that tell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Compared in lower case without accents, with single blanks between words.
NAMES: dict[str, str] = {
    "text": (
        "text|full text|review text|review content|review body|reviewtext|body|content|review|comment text|"
        "comment body|consumer complaint narrative|complaint narrative|narrative|verbatim|comment|comments|"
        "feedback|feedback text|message|message text|description|post text|post|tweet|tweet text|selftext|"
        "snippet|textoriginal|text original|text display|caption|ticket description|case description|issue description|"
        "conversation|transcript|note|answer|response|open text|raw|details|bewertungstext|rezension|kommentar|freitext|"
        "nachricht|beitrag|beschreibung|inhalt|ruckmeldung|bewertung|avis|commentaire|commentaires|contenu|texte|"
        "temoignage|opinion|comentario|comentarios|resena|contenido|texto|mensaje|descripcion"
    ),
    "title": (
        "title|review title|subject|headline|review header|review headline|summary|ticket subject|"
        "case subject|ticket name|case name|betreff|titel|uberschrift|titre|objet|titulo|asunto"
    ),
    "id": (
        "id|review id|reviewid|tweet id|post id|comment id|ticket id|case id|case number|complaint id|"
        "response id|responseid|respondent id|submission id|record id|row id|message id|issue key|key|uuid|"
        "_id|ticket|number|status id|external id|review link id|recommendationid|recommendation id|submission|token|"
        "bewertungs id|ticketnummer|beitrag nr|vorgangsnummer|identifiant|numero|identificador"
    ),
    "person": (
        "person|author|author title|owner display name|user|username|user name|screen name|handle|reviewer|reviewer name|"
        "reviewername|"
        "reviewernickname|reviewer nickname|nickname|review username|author name|customer|customer name|"
        "customer id|visitor id|visitorid|requester|by|sender|respondent|respondent id|participant|user id|userid|author id|"
        "account|account id|contact|contact name|name|display name|full name|profile name|profilename|"
        "reporter|reviewer id|reviewerid|traveller|traveler|guest|guest name|shopper|buyer|client|member|poster|"
        "commenter|feedback from|"
        "created by|posted by|submitted by|submitter|kunde|kundenname|autor|verfasser|absender|nutzer|"
        "nutzername|benutzer|benutzername|auteur|pseudo|utilisateur|nom du client|nom|usuario|cliente|nombre|from"
    ),
    "email": (
        "email|e mail|mail|email address|e mail address|requester email|customer email|author email|"
        "contact email|from email|e mail adresse|adresse e mail|correo electronico|correo"
    ),
    "name": (
        "full name|owner display name|author title|reviewer name|reviewername|author name|customer name|"
        "guest name|display name|contact name|"
        "name|requester|profilename|kundenname|nombre|nom"
    ),
    "handle": (
        "handle|username|user name|screen name|nickname|reviewernickname|reviewer nickname|user screen name|"
        "benutzername|nutzername|pseudo|usuario"
    ),
    "person_id": (
        "user id|userid|visitor id|visitorid|author id|sender id|senderid|from id|reviewer id|reviewerid|"
        "customer id|account id|"
        "consumer user id|consumer id|profile id|"
        "poster id|member id|person id|contact id|respondent id|steamid|author steamid|author channel id|"
        "review consumer user id|owner user id|kundennummer"
    ),
    "date": (
        "date|created at|created|created date|createddate|review date|review creation date|timestamp|posted at|posted|"
        "published|published at|publishedat|publish time|tweet created|created utc|review created (utc)|review created|"
        "submitted|submitted at|submission date|submit date|submit date (utc)|end date|enddate|recorded date|"
        "recordeddate|date received|date created|date submitted|created time|creation date|timestamp created|"
        "comment create timestamp|review submit date and time|unixreviewtime|unix review time|time|completion time|"
        "review last update date and time|updated|updated at|start date|startdate|at|requested|"
        "ticket created|datetime|date added|opened|datum|erstellt am|erstellt|zeitstempel|fecha|marca temporal|horodateur"
    ),
    "rating": (
        "review rating|review stars|star rating|review score|rating|stars|overall|overall rating|score|star|user rating|"
        "ratings|nps|nps score|likelihood to recommend|satisfaction|csat|sterne|gesamtbewertung|bewertung|note|note globale|"
        "etoiles|puntuacion|valoracion|calificacion|estrellas|punkte"
    ),
    "channel": "channel|source|platform|via|medium|submitted via|kanal|canal",
    "url": (
        "url|link|permalink|review link|review url|tweet url|post url|posturl|web url|page url|comment link|comment url|"
        "enlace|lien"
    ),
    "role": "role|author role|sender role|author type|user role|speaker role",
    # A locale is that of a device: many who write English have another one.
    "language": "language|lang|reviewer language|review language|sprache|langue|idioma",
}  # fmt: skip
ORDER: dict[str, list[str]] = {key: names.split("|") for key, names in NAMES.items()}


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words in front of a header that say what the row is; behind them stands what the column is.
_OF_THE_ROW = _set_of("review reviews comment post tweet ticket case message issue feedback entry note")
_OF_THE_AUTHOR = _set_of(
    "reviewer author customer user guest commenter poster requester consumer member account contact respondent review "
    "post comment client buyer person associated sender visitor"
)
_ABOUT_THE_AUTHOR = frozenset(("person", "email", "name", "handle", "person_id"))
# The same behind the name, in the languages that put it there ("nombre del cliente", "Datum der Bewertung").
_BEHIND = re.compile(
    r" (?:de la|de l|del|du|des|de|der|vom|von|of the|of) (?P<what>cliente|client|usuario|utilisateur|auteur|autor|kunden|"
    r"resena|opinion|comentario|commentaire|avis|bewertung|rezension|problema|probleme|problems|anfrage|caso|ticket|"
    r"mensaje|message|review|comment|post|publicacion|publication|creacion|creation|apertura)$"
)
_PEOPLE = _set_of("cliente client usuario utilisateur auteur autor kunden")
# A date that is not that of the words.
_OTHER_DATES = _set_of(
    "reply replied responded answer antwort resolved closed solved due birth birthday dob expires expiry "
    "purchase purchased order ordered delivery visit visited stayed stay checkin checkout joined registered "
    "signup renewal updated update modified edited last reponse respuesta"
)
_DATE_WORDS = _set_of(
    "date time datetime timestamp dateline epoch unix ts created creation submitted submit posted published "
    "reviewed written received when "
    "datum zeit erstellt zeitstempel fecha hora horodateur heure publie cree eingang"
)
_ANSWERED = _set_of("responded response answered completed")
_CREATED_WORDS = _set_of(
    "created creation submitted submit posted published publication reviewed written received erstellt"
)
_RATING_WORDS = _set_of(
    "rating stars star score bubbles points punkte sterne bewertung note "
    "notation puntuacion valoracion estrellas etoiles nps csat"
)
_COUNTS = _set_of(
    "votes vote likes like count helpful average avg mean total weighted group number num reviews upvotes downvotes "
    "useful funny cool confidence id date time sentiment reply karma sum staff ease group"
)
_SCORE_QUESTION = re.compile(
    r"how likely .*recommend|likelihood to recommend|net ?promoter|\bnps\b|weiterempf|recommander|recomiend|recomend|"
    r"how satisfied|satisfaction|zufrieden|satisfait|satisfech|how would you rate|please rate|^rate |csat|"
    r"how easy|customer effort|wie bewerten"
)
_STAFF = (
    "developer|company|owner|management|property|business|merchant|seller|vendor|publisher|shop|store|host|hotel|agent|"
    "staff|admin|our"
)
_REPLY = re.compile(
    rf"^(?:(?:the )?(?:{_STAFF})(?:s| s)? (?:reply|response|answer|comment)(?: (?:text|body|content))?|"
    rf"(?:reply|response|answer) (?:text|body|content)|(?:reply|response|answer|comment) (?:from|by|of) "
    rf"(?:the )?(?:{_STAFF})|"
    r"(?:\w+ ){1,2}(?:reply|antwort|reponse|respuesta)|"
    r"(?:antwort|reponse|respuesta) (?:des|der|de|du|del|vom|von) .*)$"
)
_BARE_REPLY = _set_of("reply replies antwort reponse respuesta company_response")
_BETWEEN_WORDS = re.compile(r"[\s_\-]+")


@lru_cache(maxsize=4096)
def normal(header: str) -> str:
    """A header in lower case with blanks for underscores, dashes and camel case."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return _BETWEEN_WORDS.sub(" ", spaced).strip(" :*").lower()


@lru_cache(maxsize=4096)
def folded(header: str) -> str:
    """``normal`` without accents and without what stands in brackets at the end ("(UTC)", "(optional)")."""
    plain = "".join(c for c in unicodedata.normalize("NFD", normal(header)) if not unicodedata.combining(c))
    return re.sub(r"\s*\([^()]*\)$", "", plain.replace("ß", "ss").replace("'", " ").replace("’", " ")).strip(" ?.:")


@lru_cache(maxsize=4096)
def _words(header: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", folded(header)))


@lru_cache(maxsize=16384)
def is_named(header: str, name: str, key: str) -> bool:
    """Whether a header is a name of a meaning, by itself or without the word for the row or the author before it."""
    plain = folded(header)
    if name in (normal(header), plain):
        return True
    behind = _BEHIND.search(plain)
    if behind and plain[: behind.start()] == name:
        return (behind["what"] in _PEOPLE) == (key in _ABOUT_THE_AUTHOR)
    first, _, rest = plain.partition(" ")
    before = _OF_THE_AUTHOR if key in _ABOUT_THE_AUTHOR else _OF_THE_ROW
    second, _, last = rest.partition(" ")
    if second in before and last == name:
        return True
    rest = re.sub(r" (utc|gmt)$", "", rest)
    return bool(rest) and first in before and rest == name


@lru_cache(maxsize=4096)
def is_known_header(header: str) -> bool:
    """Whether a header names something that the guesser knows."""
    plain = {normal(header), folded(header)}
    return any(name in plain for names in ORDER.values() for name in names)


def date_rank(header: str, survey: bool = False) -> int | None:
    """How well a header says that a column of dates tells when the words were written, 0 best; None: it does not.

    A response is the respondent's in a ``survey`` and the company's elsewhere.
    """
    words = _words(header)
    if survey and words & _ANSWERED:
        return 0
    if words & _OTHER_DATES or "response" in words:
        return None
    return 0 if words & _CREATED_WORDS else 1 if words & _DATE_WORDS else 2


def says_date(header: str) -> bool:
    """Whether a header tells of a time at all: a column of bare numbers is one only then."""
    return bool(_words(header) & _DATE_WORDS)


def says_utc(header: str) -> bool:
    """Whether a header says that its times are UTC."""
    return bool(re.search(r"\b(utc|gmt)\b", normal(header)))


def says_rating(header: str) -> bool:
    """Whether one of a header's words tells of a rating and none of a count ("how many stars", "5 bubbles")."""
    words = _words(header)
    return bool(words & _RATING_WORDS) and not words & _COUNTS


def names_stars(header: str) -> bool:
    """Whether a header names a review's rating; a bare score, satisfaction and recommendation are of surveys too."""
    words = _words(header)
    return bool(words & (_RATING_WORDS | {"overall"}) - {"score", "nps", "csat"}) and not asks_score(header)


def asks_score(header: str) -> bool:
    """Whether a survey's question asks for a score: recommendation (NPS), satisfaction (CSAT), effort."""
    # "... - Group" says detractor, passive or promoter, and not the score.
    return bool(_SCORE_QUESTION.search(folded(header))) and "group" not in _words(header)


def names_reply(header: str) -> bool:
    """Whether a column holds what the reviewed answered; "reply" alone too."""
    plain = folded(header)
    return bool(_REPLY.match(plain)) or plain in _BARE_REPLY
