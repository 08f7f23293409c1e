"""What people talk about: topics over the customer's sentences, with "not assigned" as an honest answer."""
