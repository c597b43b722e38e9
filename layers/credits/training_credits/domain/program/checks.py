"""A program file that contradicts itself is refused when it is read."""


def check(holds: bool, rule: str) -> None:  # noqa: FBT001 - the condition itself
    """ValueError naming the rule, unless it holds."""
    if not holds:
        raise ValueError(f"not so: {rule}")
