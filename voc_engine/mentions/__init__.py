"""Mentions: pain points, goals, objections, requests, delights and triggers in people's own words."""
