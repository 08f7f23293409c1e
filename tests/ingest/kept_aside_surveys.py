"""Surveys in the layouts of the survey tools."""

# ruff: noqa: E501
# One line of a case is one stretch of its header.

from __future__ import annotations

from datetime import datetime

from .kept_aside import ANSWERS, Case, Truth, date_as, delimited, fixed, minute, numbered, of, sheet

_JOB = "What do you mainly use Example for?"
_BETTER = "What could we do better?"
_OFTEN = "How often do you use Example?"
_NPS = "How likely are you to recommend Example to a friend or colleague?"
_QUESTIONS = ((_JOB, "job"), (_BETTER, "better"))


def _score(truth: Truth) -> float:
    return float(truth["score"])


def _import_ids(count: int) -> list[str]:
    return [f'{{"ImportId":"QID{n}"}}' for n in range(count)]


_QUALTRICS = [
    ("StartDate", date_as("%Y-%m-%d %H:%M:%S")), ("EndDate", date_as("%Y-%m-%d %H:%M:%S")), ("Status", fixed("IP Address")), ("IPAddress", numbered("81.2.3.{n}")),
    ("Progress", fixed("100")), ("Duration (in seconds)", numbered("12{n}")), ("Finished", fixed("True")), ("RecordedDate", date_as("%Y-%m-%d %H:%M:%S")),
    ("ResponseId", numbered("R_3x{n}")), ("RecipientEmail", of("mail")), ("LocationLatitude", fixed("51.5")), ("DistributionChannel", fixed("email")),
    ("UserLanguage", fixed("EN")), ("Q1_NPS_GROUP", fixed("Promoter")), ("Q1", of("score")), ("Q2", of("often")), ("Q3", of("job")), ("Q4", of("better")), ("plan", of("plan")),
]  # fmt: skip
_QUALTRICS_QUESTIONS = [
    "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished", "Recorded Date", "Response ID", "Recipient Email",
    "Location Latitude", "Distribution Channel", "User Language", f"{_NPS} - Group", _NPS, _OFTEN, _JOB, _BETTER, "plan",
]  # fmt: skip
_PREVIEW = [
    "2026-03-01 08:00:00", "2026-03-01 08:00:00", "Survey Preview", "", "100", "12", "True", "2026-03-01 08:00:00", "R_pre", "", "51.5", "preview",
    "EN", "Promoter", "10", "Daily", "just testing the survey", "asdf asdf", "Team",
]  # fmt: skip

CASES = [
    Case("Example_March+3,+2026.csv", delimited(_QUALTRICS, ANSWERS, below=[_QUALTRICS_QUESTIONS, _import_ids(len(_QUALTRICS)), _PREVIEW]), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": lambda t: t["mail"].lower(), "date": of("date"), "rating": _score, "plan": of("plan"),
         _OFTEN: of("often")}, _QUESTIONS),
    Case("qualtrics-two-rows.csv", delimited(_QUALTRICS, ANSWERS, below=[_QUALTRICS_QUESTIONS, _PREVIEW]), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": lambda t: t["mail"].lower(), "date": of("date"), "rating": _score, "plan": of("plan"),
         _OFTEN: of("often")}, _QUESTIONS),
    Case("surveymonkey.csv", delimited([
        ("Respondent ID", numbered("1186{n}")), ("Collector ID", fixed("4321")), ("Start Date", date_as("%m/%d/%Y %I:%M:%S %p")), ("End Date", date_as("%m/%d/%Y %I:%M:%S %p")),
        ("IP Address", numbered("81.2.3.{n}")), ("Email Address", of("mail")), ("First Name", lambda t: t["name"].split()[0]), ("Last Name", lambda t: t["name"].split()[1]),
        ("Custom Data 1", fixed("")), (_NPS, of("score")), (_OFTEN, of("often")), ("What matters most?", lambda t: "Price" if "Price" in t["why"] else ""),
        ("", lambda t: "Support" if "Support" in t["why"] else ""), ("", lambda t: "Design" if "Design" in t["why"] else ""), (_JOB, of("job")), (_BETTER, of("better")),
    ], ANSWERS, below=[["", "", "", "", "", "", "", "", "", "Response", "Response", "Price", "Support", "Design", "Open-Ended Response", "Open-Ended Response"]]),
        "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": lambda t: t["mail"].lower(), "name": of("name"), "date": of("date"), "rating": _score,
         _OFTEN: of("often"), "What matters most?": lambda t: ", ".join(one for one in ("Price", "Support", "Design") if one in t["why"]) or None}, _QUESTIONS),
    Case("typeform-responses.csv", delimited([
        ("#", numbered("9ab{n}")), (_NPS, of("score")), (_JOB, of("job")), (_BETTER, of("better")), (_OFTEN, of("often")), ("What's your email?", of("mail")),
        ("Start Date (UTC)", date_as("%Y-%m-%d %H:%M:%S")), ("Submit Date (UTC)", date_as("%Y-%m-%d %H:%M:%S")), ("Network ID", numbered("f00{n}")), ("Tags", fixed("")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": lambda t: t["mail"].lower(), "date": lambda t: t["date"] + "Z", "rating": _score,
         _OFTEN: of("often")}, _QUESTIONS),
    Case("Feedback (Responses).xlsx", sheet([
        ("Timestamp", lambda t: datetime.fromisoformat(t["date"])), ("Email Address", of("mail")), ("Your name", of("name")), (_OFTEN, of("often")), (_JOB, of("job")),
        ("Which plan are you on?", of("plan")), (_BETTER, of("better")), ("How satisfied are you overall? (1-10)", lambda t: int(t["score"])), ("What do you value? (tick all)", of("why")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": lambda t: t["mail"].lower(), "name": of("name"), "date": of("date"), "rating": _score,
         "Which plan are you on?": of("plan"), "What do you value? (tick all)": lambda t: t["why"] or None}, _QUESTIONS),
    Case("limesurvey-results.csv", delimited([
        ("Response ID", numbered("{n}")), ("Date submitted", date_as("%Y-%m-%d %H:%M:%S")), ("Last page", fixed("3")), ("Start language", fixed("en")), ("Seed", numbered("88123{n}")),
        (f"Q01. {_NPS}", of("score")), (f"Q02. {_JOB}", of("job")), (f"Q03. {_BETTER}", of("better")), ("Q04. Your plan", of("plan")),
    ], ANSWERS, by=";"), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "id": numbered("{n}"), "date": of("date"), "rating": _score, "Q04. Your plan": of("plan")},
        ((f"Q02. {_JOB}", "job"), (f"Q03. {_BETTER}", "better"))),
    Case("delighted-nps.csv", delimited([
        ("Person ID", numbered("77{n}")), ("Name", of("name")), ("Email", of("mail")), ("Score", of("score")), ("Comment", of("job")), ("Survey Type", fixed("nps")),
        ("Response time", date_as("%Y-%m-%d %H:%M:%S UTC")), ("Plan", of("plan")), ("Permalink", numbered("https://nps.example/r/{n}")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("job"), "mail": lambda t: t["mail"].lower(), "name": of("name"), "date": lambda t: t["date"] + "Z", "rating": _score, "Plan": of("plan")}),
    Case("msforms.xlsx", sheet([
        ("ID", lambda t: t["n"]), ("Start time", lambda t: datetime.fromisoformat(t["date"])), ("Completion time", lambda t: datetime.fromisoformat(t["date"])),
        ("Email", of("mail")), ("Name", of("name")), (_JOB, of("job")), (_OFTEN, of("often")), (_BETTER, of("better")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": lambda t: t["mail"].lower(), "name": of("name"), "date": of("date"), _OFTEN: of("often")}, _QUESTIONS),
    Case("umfrage.csv", delimited([
        ("Zeitstempel", date_as("%d.%m.%Y %H:%M")), ("E-Mail-Adresse", of("mail")), ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", of("score")),
        ("Wofür nutzen Sie unser Produkt hauptsächlich?", of("job")), ("Was können wir besser machen?", of("better")), ("Welchen Tarif haben Sie?", of("plan")),
    ], ANSWERS, by=";", encoding="utf-8-sig"), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": lambda t: t["mail"].lower(), "date": minute, "rating": _score, "Welchen Tarif haben Sie?": of("plan")},
        (("Wofür nutzen Sie unser Produkt hauptsächlich?", "job"), ("Was können wir besser machen?", "better"))),
    Case("enquete.csv", delimited([
        ("Horodateur", date_as("%d/%m/%Y %H:%M:%S")), ("Adresse e-mail", of("mail")), ("À quelle fréquence l'utilisez-vous ?", of("often")),
        ("Pourquoi utilisez-vous notre produit ?", of("job")), ("Que pouvons-nous améliorer ?", of("better")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": lambda t: t["mail"].lower(), "date": of("date"), "À quelle fréquence l'utilisez-vous ?": of("often")},
        (("Pourquoi utilisez-vous notre produit ?", "job"), ("Que pouvons-nous améliorer ?", "better"))),
]  # fmt: skip
