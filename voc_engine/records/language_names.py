"""Languages by code and by name: what a document is written in, and what a source or a configuration calls it."""

from __future__ import annotations

import re

# ISO 639-1 without Nauru, whose "na" is what spreadsheets write for a missing value.
LANGUAGE_NAMES: dict[str, str] = {
    "aa": "Afar", "ab": "Abkhazian", "af": "Afrikaans", "ak": "Akan", "am": "Amharic", "an": "Aragonese",
    "ar": "Arabic", "as": "Assamese", "av": "Avaric", "ay": "Aymara", "az": "Azerbaijani", "ba": "Bashkir",
    "be": "Belarusian", "bg": "Bulgarian", "bi": "Bislama", "bm": "Bambara", "bn": "Bengali", "bo": "Tibetan",
    "br": "Breton", "bs": "Bosnian", "ca": "Catalan", "ce": "Chechen", "ch": "Chamorro", "co": "Corsican",
    "cr": "Cree", "cs": "Czech", "cv": "Chuvash", "cy": "Welsh", "da": "Danish", "de": "German", "dv": "Dhivehi",
    "dz": "Dzongkha", "ee": "Ewe", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "ff": "Fulah", "fi": "Finnish", "fj": "Fijian",
    "fo": "Faroese", "fr": "French", "fy": "Western Frisian", "ga": "Irish", "gd": "Gaelic", "gl": "Galician",
    "gn": "Guarani", "gu": "Gujarati", "gv": "Manx", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "ht": "Haitian Creole", "hu": "Hungarian", "hy": "Armenian", "hz": "Herero", "id": "Indonesian", "ig": "Igbo",
    "ii": "Sichuan Yi", "ik": "Inupiaq", "is": "Icelandic", "it": "Italian", "iu": "Inuktitut", "ja": "Japanese",
    "jv": "Javanese", "ka": "Georgian", "kg": "Kongo", "ki": "Kikuyu", "kj": "Kuanyama", "kk": "Kazakh",
    "kl": "Greenlandic", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "kr": "Kanuri", "ks": "Kashmiri",
    "ku": "Kurdish", "kv": "Komi", "kw": "Cornish", "ky": "Kyrgyz", "la": "Latin", "lb": "Luxembourgish",
    "lg": "Ganda", "li": "Limburgish", "ln": "Lingala", "lo": "Lao", "lt": "Lithuanian", "lu": "Luba-Katanga",
    "lv": "Latvian", "mg": "Malagasy", "mh": "Marshallese", "mi": "Maori", "mk": "Macedonian", "ml": "Malayalam",
    "mn": "Mongolian", "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "my": "Burmese",
    "nd": "North Ndebele", "ne": "Nepali", "ng": "Ndonga", "nl": "Dutch", "no": "Norwegian", "nr": "South Ndebele",
    "nv": "Navajo", "ny": "Chichewa", "oc": "Occitan", "oj": "Ojibwa", "om": "Oromo", "or": "Odia", "os": "Ossetian",
    "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "qu": "Quechua", "rm": "Romansh",
    "rn": "Rundi", "ro": "Romanian", "ru": "Russian", "rw": "Kinyarwanda", "sa": "Sanskrit", "sc": "Sardinian",
    "sd": "Sindhi", "se": "Northern Sami", "sg": "Sango", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian",
    "sm": "Samoan", "sn": "Shona", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "ss": "Swati",
    "st": "Southern Sotho", "su": "Sundanese", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu",
    "tg": "Tajik", "th": "Thai", "ti": "Tigrinya", "tk": "Turkmen", "tl": "Tagalog", "tn": "Tswana", "to": "Tonga",
    "tr": "Turkish", "ts": "Tsonga", "tt": "Tatar", "tw": "Twi", "ty": "Tahitian", "ug": "Uyghur", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "ve": "Venda", "vi": "Vietnamese", "wa": "Walloon", "wo": "Wolof", "xh": "Xhosa",
    "yi": "Yiddish", "yo": "Yoruba", "za": "Zhuang", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip

# What sources write beside the two-letter code and the English name: ISO 639-2, older codes, the language's own name.
_ALSO: dict[str, str] = {
    "ar": "ara العربية", "bg": "bul български", "ca": "cat català", "cs": "ces cze čeština", "da": "dan dansk",
    "de": "deu ger deutsch", "el": "ell gre ελληνικά", "en": "eng", "es": "spa español castellano castilian",
    "et": "est eesti", "fa": "fas per farsi", "fi": "fin suomi", "fr": "fra fre français", "he": "heb iw עברית",
    "hi": "hin हिन्दी", "hr": "hrv hrvatski", "hu": "hun magyar", "id": "ind in", "is": "isl ice", "it": "ita italiano",
    "ja": "jpn 日本語", "ko": "kor 한국어", "lt": "lit", "lv": "lav", "nl": "nld dut nederlands flemish",
    "no": "nor nb nob nn nno norsk bokmål nynorsk", "pl": "pol polski", "pt": "por português", "ro": "ron rum română",
    "ru": "rus русский", "sk": "slk slo", "sl": "slv", "sr": "srp srpski", "sv": "swe svenska", "th": "tha ไทย",
    "tl": "tgl fil filipino", "tr": "tur türkçe", "uk": "ukr українська", "vi": "vie", "zh": "zho chi cmn mandarin 中文",
}  # fmt: skip
_CODES: dict[str, str] = {
    **{code: code for code in LANGUAGE_NAMES},
    **{name.casefold(): code for code, name in LANGUAGE_NAMES.items()},
    **{word: code for code, words in _ALSO.items() for word in words.casefold().split()},
}
_LEAST_LETTERS = 4  # a first word of two letters may be anything
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# A code of two or three letters may bear a country or a script; what stands after a longer word is not a region.
_WITH_REGION = re.compile(r"([a-z]{2,3})[-_](?:[a-z]{2,4}|\d{3})(?:[-_.@].*)?")


def language_code(stated: str) -> str | None:
    """ISO 639-1 code for what a source says of a language ("de", "de-DE", "pt_BR.UTF-8", "German", "Deutsch", "ger").

    None for a word that is no known language, "und" (undetermined) among them.
    """
    plain = " ".join(stated.casefold().split())
    if plain in _CODES:
        return _CODES[plain]
    if match := _WITH_REGION.fullmatch(plain):
        return _CODES.get(match[1])
    words = _FIRST_WORD.match(plain)
    # "English (United States)", "Portuguese - Brazil"
    return _CODES.get(words[0]) if words and len(words[0]) >= _LEAST_LETTERS else None


def language_name(code: str) -> str:
    """ "German (de)"; the code alone where it has no name here."""
    return f"{LANGUAGE_NAMES[code]} ({code})" if code in LANGUAGE_NAMES else code
