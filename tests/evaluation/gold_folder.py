"""A gold folder with a few made rows per set, in the sets' own forms."""

from __future__ import annotations

from pathlib import Path

from voc_engine.evaluation.split import held_out


def apart(template: str, aside: bool, count: int = 1) -> list[str]:
    """The first texts made of the template and a number that are, or are not, of the tenth set aside."""
    found: list[str] = []
    number = 0
    while len(found) < count:
        text = template.format(number)
        if held_out(text) == aside:
            found.append(text)
        number += 1
    return found


ASIDE_CON, ASIDE_PRO = apart("It crashes {} times a day", True)[0], apart("I love it, {} stars", True)[0]
ASIDE_PLATE = apart("The soup was great but the waiter of table {} was rude.", True)[0]
KNOWN_PLATE = apart("The tea was awful but the host of table {} was lovely.", False)[0]

FILES = {
    "gold/suggestions-A-trial.csv": (
        'id,sentence,label\n1,Please add a dark mode.,1\n2,I bought a phone.,0\n3,"Please, add tabs.",1\n4,It rains.,0\n'
    ),
    "gold/suggestions-A-train.csv": (
        "".join(f"1_{at},Please add tab {at}.,1\n" for at in range(6))
        + "".join(f"2_{at},It rained on day {at}.,0\n" for at in range(18))
    ),
    "gold/suggestions-B-trial.csv": "id,sentence,label\n1,Bring your own towels.,1\n2,We stayed two nights.,0\n",
    "gold/goemotions-ekman-labels.txt": "anger\ndisgust\nfear\njoy\nneutral\nsadness\nsurprise\n",
    "gold/goemotions-ekman-dev.tsv": (
        "I am so angry with you!\t0\ta\nWhat a lovely day, I am so happy\t3,6\tb\nThe train leaves at nine.\t4\tc\n"
    ),
    "gold/goemotions-ekman-train.tsv": "".join(
        f"I am {mood} today {number}\t{value}\tx{number}\n"
        for number in range(6)
        for mood, value in (("angry", "0"), ("happy", "3"), ("here", "4"), ("torn", "0,3"))
    ),
    "posts/us-airline-tweets.csv": (
        "tweet_id,airline_sentiment,negativereason,text\n"
        "1,negative,Late Flight,My flight is three hours late and nobody helps. Terrible!\n"
        "2,positive,,Thank you for the great flight!\n3,neutral,,Do you fly to Rome?\n4,negative,,@air awful\n"
    ),
    "gold/product-review-features.csv": (
        "review_id,labels,sentence\n"
        "Nikon x-001,picture[+2],the picture quality is excellent .\n"
        'Nikon x-001,"battery[-2],size[+1]",the battery is terrible .\n'
        "Nikon x-001,,i bought it in may .\n"
        'Nikon x-001,"zoom[+][u],lens[-]",the zoom and the lens .\n'
        + "".join(f"Canon y-001,lens[+1],{text}\n" for text in apart("the lens {} is sharp .", False, 4))
        + "".join(f"Canon y-001,flash[-1],{text}\n" for text in apart("the flash {} is weak .", False, 4))
    ),
    "gold/acos-laptop-dev.tsv": (
        "the track pad is awful .\t1,3 HARDWARE#GENERAL 0 4,5\t1,3 HARDWARE#QUALITY 0 4,5\n"
        "love it !\t-1,-1 LAPTOP#GENERAL 2 0,1\n"
    ),
    "gold/acos-rest16-dev.tsv": "the food was lousy .\t1,2 FOOD#QUALITY 0 3,4\n",
    "gold/voc-dev.tsv": (
        "id\tkind\tsource\tlabels\tsentiment\temotion\tquadrant\ttext\n"
        "D0\treview\tx\tP\tneg\tanger\tdoes\tI waited two hours and \"they\" never answered.\n"
        "D1\tforum\ty\tR,G\tneu\tneutral\tsays\tPlease add an export so that I can send invoices faster.\n"
        "D2\tpost\tz\tD\tpos\tjoy\tfeels\tI love the calendar.\n"
        "D3\tticket\tz\t-\tneu\tneutral\tsays\tThe office is in Rome.\n"
    ),
    "gold/windows/windows-dev.tsv": (
        "id\twindow\tplace\trole\tspeaker\ttext\tlabels_1\tlabels_2\tworth_1\tworth_2\tseverity_1\tseverity_2\n"
        "0\tW1\tx\tQ\tAsker\tHow is the export?\t\t\t\t\t\t\n"
        "1\tW1\tx\tA\tUser\tIt crashes.\tP\tP\t1\t1\tm\tl\n"
        "2\tW1\tx\tA\tUser\tEvery day.\tP\t-\t1\t0\th\t\n"
        "3\tW2\tx\tA\tUser\tI love the search.\tD,G\tD\t1\t1\t\t\n"
        "4\tW2\tx\tA\tUser\tThat is great.\t-\t-\t0\t0\t\t\n"
        "5\tW2\tx\tA\tUser\tI want it to \"sync\".\tG,R\tG\t1\t1\t\t\n"
    ),
    "cases/sentiment-traps/expected.json": (
        '{"rows": [{"text": "Without a doubt great.", "sentiment": ["positive"], "must": ["delight"], '
        '"must_not": ["pain_point"]}, {"text": "Great, it crashes.", "sentiment": ["negative", "neutral"], '
        '"must": [], "must_not": ["delight"]}, {"text": "Great, as a brick.", "sentiment": ["negative"], "must": [], '
        '"must_not": []}]}'
    ),
    "gold/mams-train.csv": (
        "task,split,text,aspect,polarity\n"
        f'ATSA,train,"{ASIDE_PLATE}",soup,positive\nATSA,train,"{ASIDE_PLATE}",waiter,negative\n'
        f'ACSA,train,"{ASIDE_PLATE}",service,negative\n'
        f'ATSA,train,"{KNOWN_PLATE}",tea,negative\nATSA,train,"{KNOWN_PLATE}",host,positive\n'
    ),
    "gold/pros-cons-train.csv": (
        f'label,text\ncon,"{ASIDE_CON}"\npro,"{ASIDE_PRO}"\n'
        + "".join(f"con,{text}\n" for text in apart("weak battery {}", False, 5))
        + "".join(f"pro,{text}\n" for text in apart("great screen {}", False, 5))
    ),
    "gold/negation_pairs.tsv": (
        "id\tsentence_a\tsentence_b\tpolarity_a\tpolarity_b\n"
        "1\tIt is easy to use.\tIt is not easy to use.\tpositive\tnegative\n"
    ),
}  # fmt: skip


def make(folder: Path, *without: str) -> Path:
    """Write the files, all but some."""
    for name, text in FILES.items():
        if name not in without:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder
