"""What a deck says, sheet by sheet: question, who was heard, findings, personas with maps, objections, method."""
