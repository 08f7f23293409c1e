"""Whose words these are and what may become of them: identity, consent, erasure, withholding, retention."""
