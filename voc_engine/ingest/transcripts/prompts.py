"""What somebody says who leads a talk: prompts, instructions, introductions, thanks; and to whom a question is put."""

from __future__ import annotations

import re

_SOFT = (
    r"(?:(?:so|and|okay|ok|right|well|now|great|yeah|yes|cool|perfect|alright|please|maybe|then|thanks|thank you|"
    r"gut|also|und|dann|bitte|bueno|vale|ahora|entonces|alors|bon|donc|d'accord|maintenant|allora|bene|ora|goed|dus)[,.!\s]+){0,4}"
)
_BEGIN = r"(?:^|[.!?,;:…]\s+)" + _SOFT
_VERBS = (
    r"(?:tell|describe|walk|explain|share|say|show|give|talk|take|find|look|open|click|go|try|start|imagine|think|read|"
    r"speak|use|add|search|scroll|choose|pick|select|buy|order|book|do|keep|continue|complete|fill|sign|log|stop|rate|rank)"
)
PROMPT = re.compile(
    _BEGIN + r"(?:"
    # English
    r"(?:can|could|would|will) you (?:please |maybe |just |kind of |like )*" + _VERBS + r"|"
    r"(?:tell|walk|talk|take|show|give) (?:me|us)\b|describe\b|please (?:just |do )?" + _VERBS + r"|"
    r"(?:i'd|i would|we'd|we would) (?:love|like) (?:to (?:hear|know|ask|understand|start|talk)|you to)|i want(?:ed)? (?:you to|to ask)|"
    r"(?:please )?(?:go ahead|go on|carry on|feel free|take your time|think (?:aloud|out loud)|say what you)|"
    r"just do\b|try to\b|imagine (?:that |you)|your (?:next |first )?task|(?:the |my |our )?(?:next|first|last|final|second|third) "
    r"(?:question|task|one|thing|topic)|(?:let's|let us) (?:start|begin|move|talk|go|get|look|switch)|i(?:'m going to| will|'ll) "
    r"(?:ask|show|share|give|read|start|now|start by)|before we (?:start|begin|finish|end)|to (?:start|begin) (?:with|off)|"
    r"(?:is it|would it be|are you) (?:okay|ok|alright|all right|fine) (?:if|to|with)|do you mind if|"
    r"(?:thank you|thanks)(?: so much| very much| a lot)? for (?:joining|being|coming|taking|your time|agreeing|meeting|sharing|doing)|"
    r"welcome to|(?:hi|hello|hey),? (?:everyone|and welcome)|any(?:thing else|thing you'd like| other| final| last)\b|"
    # German
    r"(?:erzähl\w*|beschreib\w*|erklär\w*|zeig\w*|schilder\w*)(?: sie| du| mir| uns| bitte| mal| doch| ihr)|(?:können|könnten|würden) "
    r"sie|(?:kannst|könntest|würdest) du|(?:suchen|öffnen|klicken|versuchen|stellen|nehmen|gehen|machen|sagen|lesen) sie|stell dir vor|"
    r"(?:vielen dank|danke)(?: schön)?,? (?:dass|für)|herzlich willkommen|(?:die |meine )?(?:nächste|erste|letzte) (?:frage|aufgabe)|"
    r"ich (?:würde|möchte) (?:gerne? |sie |dich )|"
    # Spanish, Portuguese
    r"(?:cuént\w+|cont[ae]-?\w*|descr[ií]b\w+|explí\w+|háblame|hábleme|muéstr\w+|imagin[ae]\w*|fale|descreva|mostre)\b|"
    r"(?:puedes|puede|podría|podrías|pode|poderia) (?:contar|decir|describir|explicar|mostrar|hablar|dizer|descrever|falar)\w*|"
    r"(?:gracias|obrigad[oa]) por|bienvenid\w+|(?:la |mi )?(?:siguiente|primera|última) pregunta|"
    # French, Italian, Dutch
    r"(?:raconte[zr]?|décri(?:s|vez)|explique[zr]?|montre[zr]?|parle[zr]?|imagine[zr]?)(?:-moi|-nous| moi| nous)?\b|"
    r"(?:pouvez|pourriez)-vous|(?:peux|pourrais)-tu|merci (?:de|d'|beaucoup de|pour)|bienvenue|(?:la |ma )?(?:prochaine|première|"
    r"dernière) question|(?:racconta|raccont[ai]|descriv[aie]|spiegh?i|mi (?:dica|parli|racconti))\w*|grazie (?:per|di)|benvenut\w+|"
    r"(?:vertel|beschrijf|leg uit|laat)\b|(?:kunt|kun|zou|wilt) (?:u|je|jij)|bedankt (?:voor|dat)|welkom"
    r")",
    re.IGNORECASE,
)
_YOU = re.compile(
    r"\b(?:you|your|yours|yourself|you'\w+|u|du|dir|dich|dein\w*|sie|ihnen|ihr\w*|tú|tu|te|ti|usted\w*|su|sus|vous|votre|vos|toi|"
    r"ton|ta|tes|lei|suo|sua|voi|vostro|jij|je|jou|jouw|uw|você|vocês|seu)\b",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:i|i'\w+|my|me|mine|we|our|us|ich|mir|mich|mein\w*|wir|uns|yo|mi|me|nosotros|je|j'\w+|mon|ma|mes|moi|nous|io|mio|mia|noi|ik|mijn|wij|eu|meu|minha)\b",
    re.IGNORECASE,
)
_NEUTRAL = 0.6


def addressed(question: str) -> float:
    """How much a question is one to somebody else, 0 to 1: "Do you ...?" is, "Do I have to ...?" of a think-aloud is not."""
    if _YOU.search(question):
        return 1.0
    return 0.0 if _SELF.search(question) else _NEUTRAL
