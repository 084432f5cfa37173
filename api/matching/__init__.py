"""The engine's answers on what the store has. Nothing here is solved inside a transaction."""
