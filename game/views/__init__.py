"""Front ends: they show an observation and a ledger, and return decisions."""
