"""Run the map over the store: which parts are done, which are to do, and where the work happens."""
