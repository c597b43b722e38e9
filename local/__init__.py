"""The cloud on a laptop, made from template.yaml. `python -m local` starts it."""
