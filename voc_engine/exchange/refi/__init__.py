"""REFI-QDA (qdasoftware.org, version 1.5): projects and codebooks that NVivo, ATLAS.ti, MAXQDA and QualCoder exchange."""
