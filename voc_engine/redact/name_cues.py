"""Words that tell that a person's name comes next, or came before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voc_engine.language.pattern_screen import AnyPattern, screened

_RELATIONS = (
    r"colleague|co-?worker|boss|manager|supervisor|team ?lead|director|husband|wife|spouse|hubby|son|daughter|"
    r"brother|sister|"
    r"mother|mom|mum|dad|father|parent|friend|bestie|buddy|pal|mate|roommate|flatmate|room-?mate|neighbou?r|partner|girlfriend|"
    r"boyfriend|gf|bf|fianc[eé]e?|ex|kid|boy|girl|baby|toddler|grandson|granddaughter|grandchild|grandmother|grandfather|"
    r"uncle|aunt|auntie|cousin|nephew|niece|(?:brother|sister|mother|father|son|daughter)-in-law|accountant|bookkeeper|"
    r"assistant|secretary|doctor|vet|dentist|nurse|teacher|trainer|coach|instructor|driver|courier|"
    r"delivery (?:guy|man|driver)|"
    r"waiter|waitress|server|bartender|barista|host|hostess|guide|technician|tech|engineer|agent|rep|representative|advisor|"
    r"adviser|consultant|salesman|saleswoman|salesperson|sales rep|owner|landlord|landlady|tenant|lawyer|attorney|plumber|"
    r"electrician|hairdresser|stylist|barber|therapist|guy|man|lady|woman|gentleman|person|chap|dude|student|client|customer|"
    r"ceo|cto|founder|co-?founder|developer|dev|intern|receptionist|concierge|flight attendant|pilot|captain|steward|"
    r"stewardess|designer|artist|producer|researcher|colleagues|friends|kids|sons|daughters|children"
)
_TITLE = screened(
    r"(?<!\w)(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sgt|Rev|Sr|Sra|Fr|Hr)\.?|Miss|Mister|Professor|Herr|"
    r"Frau|Monsieur|Madame|"
    r"Mme\.?|Mlle\.?|Señor|Señora|Doctor|Doktor|(?i:m[rs]|mrs|nurse|officer|captain|coach|pastor|grandma|grandpa|"
    r"granny|uncle|auntie?)) "
)
_RELATION = screened(
    rf"(?i:\b(?:my|our|his|her|their|your|the|an?|late|new|old|this|that|another|one|other)\b(?: [a-z-]+)? (?:{_RELATIONS})"
    r"(?: (?:named|called|is|was))?|\b(?:salesman|waiter|waitress|nurse|agent|manager|technician|driver|flight attendant|"
    r"captain|officer|host|guide|assistant|rep|receptionist|supervisor|stylist)(?: (?:is|was))?)(?:,| \(|:| -|"
    r" –)? ?(?:named |called )?"
    r"(?=[^\W\d_])"
)
_NAMED = screened(
    r"(?i:\b(?:named|(?:who|he|she|they|which) (?:is|was|are)? ?called|(?:is|was|goes by|guy|lady|woman|man|"
    r"girl|boy|someone|"
    r"somebody|person) called|by the name of|name is|name was|name['’]s|names are|on behalf of|attn:?|"
    r"attention:|c/o|assigned to|"
    r"(?:passenger|customer|guest|contact|full|first|last|holder|patient|recipient|cardholder)?[ _-]?name(?: is)? ?[:=]|"
    r"(?:account|card|policy) ?holder(?: is| was|:)?|signed,?|review(?:ed)? by|written by|posted by|prepared by|sent by|"
    r"submitted by|made out to|addressed to|booked (?:for|by)|belongs to)) (?:to )?"
)
_GREETING = screened(
    r"(?im:(?:^|[.!?,;\n-]\s*)(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|hallo|bonjour|"
    r"hola|happy birthday|"
    r"welcome|bye|goodbye|congrats|congratulations|poor|kudos to|props to|thank you|thanks|thx|ty|cheers|shout ?out to|"
    r"(?:big |many |huge |special )?thanks (?:to|again)|love you|good job|well done|sorry|tell|ask for|cc),? )"
)
# Behind other words, at the end of what somebody says: "ok thanks rory".
_THANKED = screened(r"(?i:\b(?:thanks|thank you|thx)(?: so much| very much| a lot)?,? )(?=[^\W\d_]{3,20}[.! ]*$)")
_SIGN_OFF = screened(
    r"(?im:(?:^|[.!?,;)]\s{0,9}|(?<=\s\s))(?:(?:many |kind |best |warm |with |)(?:thanks|thank you|thx|regards|wishes|"
    r"cheers|sincerely|"
    r"respectfully|greetings|love)|best|yours(?: (?:truly|sincerely|faithfully))?|sincerely yours|mit freundlichen grüßen|"
    r"viele grüße|cordialement|saludos|xoxo|-{1,2}|—|–)[,.!]{0,9}"
    r"\s{0,9}(?:[-–—]\s{0,9})?)(?=[^\s.!?][^.!?\n]{1,40}[.!]?[^\S\n]{0,9}(?:\n|$))"
)
_CLOSING_DASH = screened(r"(?:[.!?\"”]\s{0,9}|\s)[-–—] ?(?=(?:[A-Z][\w.'’-]* ?){1,3}[.!]?(?:,[^\n]{1,30})?$)")
_DEALT = screened(
    r"(?i:\b(?:spoke|speak|spoken|speaking|talk(?:ed|ing)?|chat(?:ted|ting)?|call|conversation|meeting|lunch|dinner|discussed|"
    r"dealt|deal(?:ing)?|worked|work|correspondence|emailed|e-?mails?) (?:to|with|w/) |\b(?:met|asked|ask|told|tell|thanked|"
    r"contacted|emailed|called|texted|phoned|invited|helped by|served by|reached|trained by|hired|fired|cc'?d|cc|thanks to|"
    r"thank you|credit to|shout ?out to|kudos to|props to|according to|me and|i and|you and|sat next to|"
    r"next to|per|as|say hi to|"
    r"wish|for my|with|it was|it is|it['’]s|this is|that was|that is|i am|i['’]m|i usually ask|even|then|"
    r"not even|but|and|or) )"
)
_STRONG_DEALT = screened(
    r"(?i:\b(?:spoke|spoken|speaking|talked|chatted|chat|lunch|dinner) (?:to|with|w/) |\b(?:asked|told|thanked|thanks to|"
    r"shout ?out to|kudos to|props to|ask for|credit to|sat next to|helped by|served by|trained by) )"
)
_BEHIND = screened(
    r"(?<![\w@#/.'’-])([^\W\d_][\w'’-]{2,}(?: [A-Z][\w'’-]+)?)(?= (?:from|in|at) (?:the |your |our |their |"
    r"tech(?:nical)? |customer )?"
    r"(?:support|billing|finance|sales|payroll|accounting|accounts|reception|care|service|it|hr|marketing|"
    r"front desk|desk|help ?desk|"
    r"office|shipping|returns|logistics|procurement|legal|security|housekeeping|guest services|check-?in|gate|counter|"
    r"customer (?:care|service|support|success|relations))\b)"
)
_HERE = screened(
    r"(?:^|(?<=[.!?\n] ))([^\W\d_][\w'’-]{2,}(?: [A-Z][\w'’-]+)?)(?=(?: here\b|,? (?:the|our|your|my) (?:owner|"
    r"manager|host|waiter|"
    r"guide|boss|agent|driver|technician|receptionist|founder|ceo)\b| (?:at|on) (?:the )?(?:reception|"
    r"front desk|counter|desk|gate|phone)"
    r"\b| (?:said|told|asked|showed|helped|explained|promised|quit|says|wrote|cut|answered|refused|went above|"
    r"knows|checked us)\b))"
)
_SMALL = screened(
    r"(?<![\w@#/.'’-])([a-z]{3,})(?= (?:told|said|says|asked|showed|helped|promised|wrote|answered|explained|"
    r"is on|has no|never called)\b)"
)
_SOMEBODY = screened(
    r"(?<![\w@#/.'’-])([A-Z][\w'’-]{2,})(?=,? (?:who|she|he) |(?:,? (?:you are|you rock|you['’]re))|,? (?:her|"
    r"his) (?:husband|wife))"
)


# Behind these the very name comes, in whatever letters and of whatever language.
_INTRODUCED = screened(
    r"(?i:\b(?:my|his|her|their|the (?:guy|woman|man|lady|agent|customer)['’]s) "
    r"(?:full |first |last )?name(?:['’]s| is| was)|"
    r"\b(?:last|first|family|maiden|middle|sur) ?name(?: on (?:the|my) \w{1,15})?(?: is|:)?|"
    r"\bich hei(?:ß|ss)e|\bje m['’]appelle|\bme llamo|\bmi chiamo|\bo meu nome é|\bmein name ist|\bменя зовут) "
    r"(?!(?:not|never|on|in|still|now|also|the|a|an|wrong|spelled|spelt|misspelled|being|already|just)\b)"
)


_SELF = screened(
    r"(?:^|(?<=[.!?,] )|(?<=\n)|\b(?:[Hh]i|[Hh]ello|[Hh]ey|[Ss]o|[Aa]nd|um|uh),? )(?:I am|I['’]m|I 'm|[Tt]his is) "
)


# Behind these a name comes; with those before which one came and the introductions they are in few texts.
_ENDING = (_TITLE, _NAMED, _STRONG_DEALT, _RELATION, _THANKED, _SIGN_OFF, _CLOSING_DASH)
_ANY_RARE = AnyPattern((_INTRODUCED, *_ENDING, _BEHIND, _HERE, _SMALL, _SOMEBODY))


@dataclass(frozen=True)
class Cue:
    """``at``: where a name may begin. ``strong``: hardly anything but a person can stand there; ``introduced``: nothing;
    ``itself``: a word behind it that is none of the language is a name when the sentence ends there."""

    at: int
    strong: bool
    introduced: bool = False
    itself: bool = False


def cues_in(text: str) -> Iterator[Cue]:
    """Places where a name may begin, in no order, some of them twice."""
    yield from (Cue(match.end(), True) for match in _GREETING.finditer(text))
    yield from (Cue(match.end(), False) for match in _DEALT.finditer(text))
    yield from (Cue(match.end(), True, itself=True) for match in _SELF.finditer(text))
    if not _ANY_RARE.may_match(text):
        return
    yield from (Cue(match.end(), True, True) for match in _INTRODUCED.finditer(text))
    for pattern in _ENDING:
        yield from (Cue(match.end(), True) for match in pattern.finditer(text))
    for pattern in (_BEHIND, _HERE, _SMALL, _SOMEBODY):
        yield from (Cue(match.start(1), pattern is _BEHIND) for match in pattern.finditer(text))
