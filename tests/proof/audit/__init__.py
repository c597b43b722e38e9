"""The audit on trial: tables that are filled, and damaged."""
